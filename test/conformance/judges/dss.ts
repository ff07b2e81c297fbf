import { z } from 'zod';
import { ask, momentOf } from './ask.ts';
import type { JudgedFile } from './judged-file.ts';

const signatureSchema = z.object({
  field: z.string().nullable(),
  level: z.string(),
  /** EN 319 102-1 §5.1.3. */
  indication: z.enum(['TOTAL_PASSED', 'TOTAL_FAILED', 'INDETERMINATE']),
  subIndication: z.string().nullable(),
  signer: z.string().nullable(),
  intact: z.boolean(),
  byteRangeValid: z.boolean(),
  modificationsDetected: z.boolean(),
  errors: z.array(z.string()),
  warnings: z.array(z.string()),
});
export type DssSignature = z.infer<typeof signatureSchema>;

const fileSchema = z.object({
  file: z.string(),
  error: z.string().optional(),
  signatures: z.array(signatureSchema),
});
export type DssVerdict = z.infer<typeof fileSchema>;

/** Online, DSS fetches CRL and OCSP from the addresses in the certificates. `at`: as if it were then. */
export const judgeDss = (
  files: readonly JudgedFile[],
  anchor: string,
  { online, at }: { online: boolean; at?: Date },
): Promise<DssVerdict[]> =>
  ask('DSS', files, [anchor, `${online ? 'online' : 'offline'}${momentOf(at)}`], fileSchema);
