import { forEachFile, type JudgedFile, runJudge } from './judged-file.ts';

export interface PopplerSignature {
  readonly field: string;
  readonly valid: boolean;
  readonly coversDocument: boolean;
  /** The SubFilter, e.g. ETSI.CAdES.detached. */
  readonly type: string;
  readonly signer: string;
}

/** Signatures as poppler sees them; trust is left to the other judges (`pdfsig -nocert`). */
export const judgePoppler = (files: readonly JudgedFile[]): Promise<PopplerSignature[][]> =>
  forEachFile(files, async ({ path, password }) => {
    const { output } = await runJudge('pdfsig', ['-nocert', '-upw', password ?? '', path]);
    return output
      .split(/^Signature #\d+:$/m)
      .slice(1)
      .filter((section) => !section.includes('is not signed'))
      .map((section) => ({
        field: entryOf('Signature Field Name', section),
        valid: entryOf('Signature Validation', section) === 'Signature is Valid.',
        coversDocument: /^ *- Total document signed$/m.test(section),
        type: entryOf('Signature Type', section),
        signer: entryOf('Signer Certificate Common Name', section),
      }));
  });

const entryOf = (label: string, section: string): string =>
  new RegExp(`^ *- ${label}: (.*)$`, 'm').exec(section)?.[1] ?? '';
