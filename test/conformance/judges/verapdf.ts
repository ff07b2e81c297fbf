import { z } from 'zod';
import { ask } from './ask.ts';
import type { JudgedFile } from './judged-file.ts';

const fileSchema = z.object({
  file: z.string(),
  /** The part that the file claims, such as `2b`. */
  part: z.string(),
  compliant: z.boolean(),
  /** Clause and test of each rule that is broken. */
  failures: z.array(z.string()),
});
export type VeraPdfVerdict = z.infer<typeof fileSchema>;

export const judgeVeraPdf = (files: readonly JudgedFile[]): Promise<VeraPdfVerdict[]> =>
  ask('veraPDF', files, [], fileSchema);
