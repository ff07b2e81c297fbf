import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PKILINT_PYTHON } from '../../../scripts/prerequisites.mjs';
import { runJudge } from './judged-file.ts';

/** A program of pkilint with the arguments of its command `lint`, and what it is to look at. */
export interface Linting {
  readonly linter: 'lint_etsi_cert' | 'lint_pkix_cert' | 'lint_crl' | 'lint_ocsp_response';
  readonly args: string;
  readonly der: Uint8Array;
}

export interface Finding {
  readonly severity: 'FATAL' | 'ERROR' | 'WARNING' | 'NOTICE' | 'INFO' | 'DEBUG';
  /** `etsi.en_319_412_2.gen-4.2.3.1-2.issuer_missing_country`, for one. */
  readonly code: string;
  readonly message: string | null;
}

/** What pkilint finds, in the order of what is asked. */
export async function judgePkilint(lintings: readonly Linting[]): Promise<Finding[][]> {
  const folder = await mkdtemp(join(tmpdir(), 'pkilint-'));
  try {
    const lines = await Promise.all(
      lintings.map(async ({ linter, args, der }, index) => {
        const path = join(folder, `${index}.der`);
        await writeFile(path, der);
        return `${linter}\t${args}\t${path}\n`;
      }),
    );
    const judge = join(import.meta.dirname, 'pkilint', 'judge.py');
    const { code, output } = await runJudge(PKILINT_PYTHON, [judge], lines.join(''));
    if (code !== 0) throw new Error(`pkilint ended with ${code}: ${output}`);
    return output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Finding[]);
  } finally {
    await rm(folder, { recursive: true });
  }
}
