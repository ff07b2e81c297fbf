import { z } from 'zod';
import { base64Bytes, sha256Base64 } from '../model/encoding.ts';

/** GET /v1/requests/{id}/log: what the transparency log holds of a request. */
export const logEntriesSchema = z.object({
  /** Of the log, for verifiers: `origin+hash+key`. */
  key: z.string(),
  entries: z.array(
    z.object({
      act: z.enum(['issuance', 'signature']),
      /** SHA-256 of the TBSCertificate, or of the response to the sign call, byte for byte. */
      digest: sha256Base64,
      salt: base64Bytes(64),
      /** C2SP tlog-proof; absent until the entry has its place, which takes less than a second. */
      proof: z
        .string()
        .max(64 * 1024)
        .optional(),
    }),
  ),
});
export type LogEntries = z.infer<typeof logEntriesSchema>;
