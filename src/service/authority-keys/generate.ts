import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { OssError } from '../../contract/errors.ts';
import { keyAlgorithmSchema } from '../../contract/model/key-algorithm.ts';
import {
  buildCertificationRequest,
  equalBytes,
  SANDBOX_POLICY_ARC,
  type Signer,
  toPem,
} from '../../pki/index.ts';
import { AUTHORITY_NAMES, type Authority, type AuthorityName, ISSUER_OF } from '../ca/authority.ts';
import { keysOf, nextLabel } from '../ca/authority-key.ts';
import { authoritySubject, type HierarchyNaming, requestedExtensions } from '../ca/authority-profile.ts';
import { issueAuthority } from '../ca/issue-authority.ts';
import { practiceStatementUrl } from '../ca/public-urls.ts';
import { type Custody, type Holding, readHoldings, refuse } from './custody.ts';

export const policySchema = z
  .string()
  .regex(/^[0-2](\.(0|[1-9][0-9]{0,19})){2,20}$/, 'an object identifier, e.g. 1.3.6.1.4.1.12345.1.1')
  .refine((oid) => !oid.startsWith(SANDBOX_POLICY_ARC), 'that arc is the one of sandboxes');

/** The root is no matter of a roll-over: a new one is a new hierarchy, with new anchors everywhere. */
const ROLLED_OVER = Object.freeze(['issuing', 'tsa', 'ocsp-root', 'ocsp-issuing'] as const);

export const generationSchema = z.strictObject({
  /** Named in every certificate. */
  organization: z.string().min(1).max(64),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'two capital letters, e.g. ES')
    .optional(),
  algorithm: keyAlgorithmSchema.default('ecdsa-p256'),
  /** Policy of the certificates of signers; needed unless another authority certifies. */
  policy: policySchema.optional(),
  /** Policy of time stamps. */
  timestampPolicy: policySchema.optional(),
  /** Writes requests for an authority elsewhere into this folder, instead of certificates. */
  requestsTo: z.string().min(1).optional(),
  /** Default: all of them; with `requestsTo` all but the root. */
  roles: z.array(z.enum(AUTHORITY_NAMES)).min(1).optional(),
  /** Certificates of these roles are issued again for the keys that they have. */
  renew: z.array(z.enum(AUTHORITY_NAMES)).default([]),
  /** These get a new key: the next one, beside the one in use, which stays in the store. */
  rollOver: z.array(z.enum(ROLLED_OVER)).default([]),
});
export type Generation = z.infer<typeof generationSchema>;

/** What was done for one role; `kept` had key and certificate already. */
export interface Generated {
  readonly role: AuthorityName;
  readonly outcome: 'issued' | 'requested' | 'kept';
  /** The request, where one was written. */
  readonly file?: string;
}

/**
 * Makes keys that are missing, and certificates for them from the hierarchy's own root, or requests for them. Nothing
 * is overwritten: called again, it goes on where it was interrupted.
 * @throws OssError OSS_CONFIG_INVALID naming every value that is wrong or missing
 */
export async function generateAuthorityKeys(custody: Custody, order: unknown): Promise<readonly Generated[]> {
  const parsed = generationSchema.safeParse(order);
  if (!parsed.success) {
    refuse(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
    return [];
  }
  const { requestsTo } = parsed.data;
  return requestsTo === undefined
    ? issueHierarchy(custody, parsed.data)
    : requestCertificates(custody, parsed.data, requestsTo);
}

async function issueHierarchy(custody: Custody, order: Generation): Promise<readonly Generated[]> {
  const { config, directory, clock, randomBytes } = custody;
  const { publicUrl } = config;
  const { country, policy, timestampPolicy } = order;
  refuse([
    ...(publicUrl === undefined
      ? ['publicUrl: certificates carry it, so the configuration must name it']
      : []),
    // EN 319 412-2 GEN-4.2.3.1-2: who issues to natural persons says in which country they are.
    ...(country === undefined ? ['country: name the country of the organisation, two letters'] : []),
    ...(policy === undefined ? ['policy: name the policy of the certificates'] : []),
    ...(timestampPolicy === undefined ? ['timestampPolicy: name the policy of the time stamps'] : []),
  ]);
  if (publicUrl === undefined || policy === undefined || timestampPolicy === undefined) return [];
  const options = {
    naming: namingOf(order, { singleUse: policy, timestamp: timestampPolicy }),
    publicUrl,
    practiceStatementUrl: config.cpsUri ?? practiceStatementUrl(publicUrl),
    clock,
    randomBytes,
  };
  const holdings = new Map(await readHoldings(custody));
  const done: Generated[] = [];
  // Anyone who answers for the former issuing authority cannot answer for the next one.
  const dependents: AuthorityName[] = rollsOver(order, 'issuing') ? ['ocsp-issuing'] : [];
  const renewed = new Set<AuthorityName>([...order.renew, ...order.rollOver, ...dependents]);
  for (const role of orderOf(order.roles ?? AUTHORITY_NAMES)) {
    const { signer: present, certificate: former } = holdings.get(role) ?? {};
    if (former !== undefined && !renewed.has(role)) {
      done.push({ role, outcome: 'kept' });
      continue;
    }
    const issuer = role === 'root' ? undefined : issuerOf(role, holdings);
    const signer = await keyOf(custody, order, role, present);
    const certificate = await issueAuthority(role, signer, issuer, options);
    await directory.replace(role, certificate);
    holdings.set(role, { signer, label: undefined, certificate });
    done.push({ role, outcome: 'issued' });
  }
  return done;
}

const rollsOver = ({ rollOver }: Generation, role: AuthorityName): boolean =>
  (rollOver as readonly AuthorityName[]).includes(role);

/** The key that is to be certified: the one there is, a new one, or for a roll-over the next one. */
async function keyOf(
  { keyStore, directory }: Custody,
  order: Generation,
  role: AuthorityName,
  present: Signer | undefined,
): Promise<Signer> {
  if (present === undefined) return keyStore.create(role, order.algorithm);
  if (!rollsOver(order, role)) return present;
  const keys = await keysOf(keyStore, role);
  // One that an interrupted roll-over has made already: nothing was ever certified for it.
  const certified = await directory.readAll();
  const spare = keys.find(({ signer }) =>
    certified.every(({ publicKeySpki }) => !equalBytes(publicKeySpki, signer.publicKeySpki)),
  );
  return spare?.signer ?? keyStore.create(nextLabel(role, keys), order.algorithm);
}

/** Every issuer before those it certifies. */
const orderOf = (roles: readonly AuthorityName[]): AuthorityName[] =>
  AUTHORITY_NAMES.filter((name) => roles.includes(name));

function issuerOf(
  role: Exclude<AuthorityName, 'root'>,
  holdings: ReadonlyMap<AuthorityName, Holding>,
): Authority {
  const name = ISSUER_OF[role];
  const { certificate, signer } = holdings.get(name) ?? {};
  if (certificate !== undefined && signer !== undefined) return { certificate, signer };
  throw new OssError('OSS_CONFIG_INVALID', {
    reason: `${role}: key and certificate of ${name} are needed here; without them have it certified by a request`,
  });
}

async function requestCertificates(
  custody: Custody,
  order: Generation,
  folder: string,
): Promise<readonly Generated[]> {
  const naming = namingOf(order, { singleUse: '', timestamp: '' });
  const holdings = await readHoldings(custody);
  const rolled = order.rollOver.length > 0 ? order.rollOver : undefined;
  const roles = orderOf(order.roles ?? rolled ?? AUTHORITY_NAMES.filter((name) => name !== 'root'));
  await mkdir(folder, { recursive: true });
  const done: Generated[] = [];
  for (const role of roles) {
    const signer = await keyOf(custody, order, role, holdings.get(role)?.signer);
    const request = await buildCertificationRequest(
      authoritySubject(role, naming),
      requestedExtensions(role, signer.publicKeySpki),
      signer,
    );
    const file = join(folder, `${role}.csr`);
    await writeFile(file, toPem(request, 'CERTIFICATE REQUEST'));
    done.push({ role, outcome: 'requested', file });
  }
  return done;
}

export const namingOf = (
  { organization, country }: Pick<Generation, 'organization' | 'country'>,
  policies: HierarchyNaming['policies'],
): HierarchyNaming => ({
  organization,
  ...(country === undefined ? {} : { country }),
  commonNames: {
    root: `${organization} Root CA`,
    issuing: `${organization} Issuing CA`,
    tsa: `${organization} Time-Stamp Unit`,
    'ocsp-root': `${organization} Root OCSP Responder`,
    'ocsp-issuing': `${organization} Issuing OCSP Responder`,
  },
  policies,
});
