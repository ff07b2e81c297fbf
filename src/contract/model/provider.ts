import { z } from 'zod';

/**
 * Passwords, PINs and identities go there: in clear only inside the network of the organisation, as the Optimizers of
 * the vendor have it, or to a trial server.
 */
const url = z.url({ protocol: /^https?$/ }).max(512);
const INTERNAL =
  /^(?:localhost|127\.[\d.]+|10\.[\d.]+|192\.168\.[\d.]+|172\.(?:1[6-9]|2\d|3[01])\.[\d.]+|\[(?:::1|f[cd][0-9a-f:]*)\]|[^.[\]]+|.+\.(?:local|internal|intranet|lan|home\.arpa))$/i;

/** Whether secrets may be sent to this address. */
export const isAddressProtected = (address: string): boolean => {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || INTERNAL.test(hostname);
};

const isProtected = ({ url, environment }: { readonly url: string; readonly environment: string }): boolean =>
  environment === 'sandbox' || !URL.canParse(url) || isAddressProtected(url);
const OF_ADDRESS = { path: ['url'] };

const name = z.string().trim().min(1).max(200);
const environment = z.enum(['sandbox', 'production']).default('production');

/** How the station itself is admitted by a provider that speaks CSC (CSC API v2 §8.3). */
export const cscAuthorisationSchema = z.discriminatedUnion('type', [
  /** A client certificate, or a trial server, admits it. */
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({ type: z.literal('basic'), username: name }),
  z.strictObject({ type: z.literal('client-credentials'), clientId: name, tokenUrl: url.exactOptional() }),
  /** In the browser of this computer; a code comes back to 127.0.0.1 (RFC 8252 §7.3). */
  z.strictObject({
    type: z.literal('authorization-code'),
    clientId: name,
    authorizeUrl: url.exactOptional(),
    tokenUrl: url.exactOptional(),
    /** For servers that compare the whole address; otherwise any free port. */
    redirectPort: z.number().int().min(1024).max(65_535).exactOptional(),
  }),
]);
export type CscAuthorisation = z.infer<typeof cscAuthorisationSchema>;

/** Whose key signs. */
export const cscCredentialSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('fixed'), id: name }),
  /** The one that the provider lists for the signer, named by what the officer registered. */
  z.strictObject({ type: z.literal('of-signer'), userId: z.enum(['document-number', 'email', 'phone']) }),
  /** The only one that the provider lists. */
  z.strictObject({ type: z.literal('listed') }),
  /**
   * One that is only made for this signature, named by its `signatureQualifier` alone; the signer agrees in the
   * browser.
   */
  z.strictObject({ type: z.literal('one-shot') }),
]);
export type CscCredential = z.infer<typeof cscCredentialSchema>;

/** A provider that speaks the API of the Cloud Signature Consortium. */
const cscProvider = z.strictObject({
  kind: z.literal('csc'),
  /** With or without the path `/csc/v1` or `/csc/v2`. */
  url,
  version: z.enum(['1', '2']).default('2'),
  environment,
  authorisation: cscAuthorisationSchema.default({ type: 'none' }),
  credential: cscCredentialSchema,
  /**
   * `hash`: the certificate is known and the signature is put together here; `document`: the provider makes the CMS.
   */
  signs: z.enum(['hash', 'document']).default('hash'),
  /** Named with `document` (CSC API v2 §11.11), such as eu_eidas_aes. */
  signatureQualifier: name.exactOptional(),
  /**
   * The provider asks the signer for nothing: anyone who has the secrets of the station signs in their name. For
   * trials and for keys that are guarded elsewhere.
   */
  withoutCode: z.boolean().default(false),
});
export const cscProviderSchema = cscProvider.refine(isProtected, OF_ADDRESS);
export type CscProvider = z.infer<typeof cscProviderSchema>;

/** An Optimizer of the vendor of One-Shot, or one with the same REST API: it gets hashes. */
const vendorOptimizer = z.strictObject({
  kind: z.literal('one-shot-optimizer'),
  /** Of the server, without `/api/v1`. */
  url,
  dialect: z.enum(['classic', 'newer']).default('classic'),
  environment,
  /** As the vendor names profiles, such as PFnubeNC. */
  profile: name.default('PFnubeNC'),
  registrationAuthority: z
    .string()
    .regex(/^[0-9A-Za-z-]{1,32}$/)
    .exactOptional(),
  username: name,
  billingUsername: name.exactOptional(),
});
export const vendorOptimizerSchema = vendorOptimizer.refine(isProtected, OF_ADDRESS);
export type VendorOptimizer = z.infer<typeof vendorOptimizerSchema>;

/**
 * What an administrator chooses: a browser is opened by nobody at a desk, a key that signs without asking anybody is
 * for trials, and the officer has a section of their own.
 */
export const chosenProviderSchemas = [
  cscProvider
    .omit({ withoutCode: true })
    .refine(isProtected, OF_ADDRESS)
    .refine(({ authorisation }) => authorisation.type !== 'authorization-code', { path: ['authorisation'] })
    .refine(({ credential }) => credential.type !== 'one-shot', { path: ['credential'] }),
  vendorOptimizer.omit({ username: true, registrationAuthority: true }).refine(isProtected, OF_ADDRESS),
] as const;

export type ChosenProvider = z.infer<(typeof chosenProviderSchemas)[number]>;

/** What only the station and the provider know; each provider has use for some. */
export const PROVIDER_SECRETS = Object.freeze([
  'password',
  'pin',
  'clientSecret',
  'billingPassword',
] as const);
export type ProviderSecrets = { readonly [name in (typeof PROVIDER_SECRETS)[number]]?: string };

/** Other providers than our own service, each by its kind. */
export const otherProviderSchema = z.discriminatedUnion('kind', [cscProviderSchema, vendorOptimizerSchema]);
export type OtherProvider = z.infer<typeof otherProviderSchema>;

/** What the parts that know no provider need of a choice. */
interface ProviderParticulars {
  /** Under which the provider admits the station; absent where it asks for no name. */
  readonly username?: string | undefined;
  readonly profile?: string;
  /** Only some providers have authorities that officers belong to. */
  readonly registrationAuthority?: string | undefined;
}

export function particularsOf(choice: OtherProvider): ProviderParticulars {
  switch (choice.kind) {
    case 'csc':
      return { username: cscUsername(choice.authorisation) };
    case 'one-shot-optimizer': {
      const { username, profile, registrationAuthority } = choice;
      return { username, profile, registrationAuthority };
    }
  }
}

function cscUsername(authorisation: CscAuthorisation): string | undefined {
  if (authorisation.type === 'none') return undefined;
  return authorisation.type === 'basic' ? authorisation.username : authorisation.clientId;
}

/** What an administrator chose, with the officer; undefined where the provider needs one and none is stored. */
export function withOfficer(
  chosen: ChosenProvider,
  officer: { readonly username: string; readonly registrationAuthority: string } | undefined,
): OtherProvider | undefined {
  switch (chosen.kind) {
    case 'csc':
      return { ...chosen, withoutCode: false };
    case 'one-shot-optimizer':
      return officer && { ...chosen, ...officer };
  }
}

/** Which of the secrets that the station stores each kind is told, and as what. */
export const STORED_SECRETS = Object.freeze({
  csc: { password: 'provider-secret', clientSecret: 'provider-secret', pin: 'provider-pin' },
  'one-shot-optimizer': {
    password: 'officer-password',
    pin: 'officer-pin',
    billingPassword: 'billing-password',
  },
} as const satisfies Readonly<
  Record<OtherProvider['kind'], { readonly [name in keyof ProviderSecrets]: string }>
>);
