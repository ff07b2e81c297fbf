import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { inject } from 'vitest';
import { z } from 'zod';
import type { JudgedFile } from './judged-file.ts';

/** Judges that start slowly: one process each for the whole run (kept-judges.ts). */
export type KeptJudge = 'DSS' | 'veraPDF' | 'pyHanko';

export interface Order {
  readonly judge: KeptJudge;
  readonly lines: readonly string[];
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the socket at which the kept judges are asked. */
    judges: string;
  }
}

const responseSchema = z.union([
  z.strictObject({ verdicts: z.array(z.string()) }),
  z.strictObject({ error: z.string() }),
]);

/** Follows the way of judging, where it is not to be as of now. */
export const momentOf = (at: Date | undefined): string => (at ? `@${at.toISOString()}` : '');

/**
 * The verdict on each file, in their order.
 * @param how what stands before the path: the columns that the judge wants
 * @throws Error where the judge ended instead
 */
export async function ask<T>(
  judge: KeptJudge,
  files: readonly JudgedFile[],
  how: readonly string[],
  schema: z.ZodType<T>,
): Promise<T[]> {
  const lines = files.map(({ path, password }) =>
    [...how, path, ...(password === undefined ? [] : [password])].join('\t'),
  );
  const socket = connect(inject('judges'));
  try {
    socket.write(`${JSON.stringify({ judge, lines } satisfies Order)}\n`);
    for await (const line of createInterface({ input: socket })) {
      const response = responseSchema.parse(JSON.parse(line));
      if ('error' in response) throw new Error(response.error);
      return response.verdicts.map((verdict) => schema.parse(JSON.parse(verdict)));
    }
    throw new Error(`${judge} gave no answer`);
  } finally {
    socket.destroy();
  }
}
