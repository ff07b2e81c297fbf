import { z } from 'zod';

/** Encrypted files; default: `keys` in the data directory. */
const softwareSchema = z.strictObject({
  type: z.literal('software'),
  directory: z.string().min(1).optional(),
});

/** Where the keys of the authorities are. Another kind of store is one more member, opened in `open.ts`. */
export const keyStoreConfigSchema = z.discriminatedUnion('type', [softwareSchema]);
export type KeyStoreConfig = z.infer<typeof keyStoreConfigSchema>;
