import { z } from 'zod';
import { VERAPDF_CLASS_PATH } from '../../../scripts/prerequisites.mjs';
import { asLines, type JudgedFile, runJudge, verdictsOf } from './judged-file.ts';

const fileSchema = z.object({
  file: z.string(),
  /** The part that the file claims, such as `2b`. */
  part: z.string(),
  compliant: z.boolean(),
  /** Clause and test of each rule that is broken. */
  failures: z.array(z.string()),
});
export type VeraPdfVerdict = z.infer<typeof fileSchema>;

/** Every file in one Java process. */
export async function judgeVeraPdf(files: readonly JudgedFile[]): Promise<VeraPdfVerdict[]> {
  const { code, output } = await runJudge(
    'java',
    ['-cp', VERAPDF_CLASS_PATH, 'VeraPdfJudge'],
    asLines(files),
  );
  if (code !== 0) throw new Error(`veraPDF ended with ${code}: ${output}`);
  return verdictsOf(output, fileSchema);
}
