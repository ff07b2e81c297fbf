import { forEachFile, type JudgedFile, runJudge } from './judged-file.ts';

export interface QpdfVerdict {
  /** 0 sound, 1 sound with warnings, 2 damaged. */
  readonly gravity: 0 | 1 | 2;
  readonly warnings: readonly string[];
}

/** Structure: cross-reference, objects, streams (`qpdf --check`). */
export const judgeQpdf = (files: readonly JudgedFile[]): Promise<QpdfVerdict[]> =>
  forEachFile(files, async ({ path, password }) => {
    const { code, output } = await runJudge('qpdf', [`--password=${password ?? ''}`, '--check', path]);
    const warnings = output.split('\n').filter((line) => line.startsWith('WARNING'));
    return { gravity: code === 0 ? 0 : code === 3 ? 1 : 2, warnings };
  });
