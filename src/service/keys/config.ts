import { z } from 'zod';
import { type Pkcs11Uri, parsePkcs11Uri } from './pkcs11/uri.ts';

/** Encrypted files; default: `keys` in the data directory. */
const softwareSchema = z.strictObject({
  type: z.literal('software'),
  directory: z.string().min(1).optional(),
});

const uriSchema = z.string().transform((text, context): Pkcs11Uri => {
  try {
    return parsePkcs11Uri(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
});

/** A token by PKCS#11: a hardware security module, or SoftHSM. */
const pkcs11Schema = z.strictObject({
  type: z.literal('pkcs11'),
  /** Path of the vendor's library. */
  module: z.string().min(1),
  /** RFC 7512: which token, and where its PIN is, e.g. `pkcs11:token=oneshot?pin-source=file:/run/secrets/pin`. */
  uri: uriSchema
    .refine(({ token }) => Object.keys(token).length > 0, 'which token? name its label or its serial number')
    .refine(({ pinFile }) => pinFile !== undefined, 'pin-source is missing'),
  /** Operations at a time; what the device takes. */
  sessions: z.number().int().min(1).max(64).default(8),
  /** Keys that are called otherwise than the label they are asked for by, each by the object of a URI. */
  objects: z
    .record(
      z.string().regex(/^[a-z0-9-]{1,64}$/),
      uriSchema.refine(({ object, id }) => (object ?? id) !== undefined, 'name its object or its id'),
    )
    .default({}),
});
export type Pkcs11Config = z.infer<typeof pkcs11Schema>;

/** Where the keys of the authorities are. Another kind of store is one more member, opened in `open.ts`. */
export const keyStoreConfigSchema = z.discriminatedUnion('type', [softwareSchema, pkcs11Schema]);
export type KeyStoreConfig = z.infer<typeof keyStoreConfigSchema>;
