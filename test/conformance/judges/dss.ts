import { z } from 'zod';
import { DSS_CLASS_PATH } from '../../../scripts/prerequisites.mjs';
import { asLines, type JudgedFile, runJudge, verdictsOf } from './judged-file.ts';

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

/** Every file in one Java process. Online, DSS fetches CRL and OCSP from the addresses in the certificates. */
export async function judgeDss(
  files: readonly JudgedFile[],
  anchor: string,
  { online }: { online: boolean },
): Promise<DssVerdict[]> {
  const args = ['-cp', DSS_CLASS_PATH, 'DssJudge', anchor, ...(online ? ['-online'] : [])];
  const { code, output } = await runJudge('java', args, asLines(files));
  if (code !== 0) throw new Error(`DSS ended with ${code}: ${output}`);
  return verdictsOf(output, fileSchema);
}
