import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DOCUMENT_WORKER, isBuildNeeded } from '../../scripts/build.mjs';
import { toOssError } from '../../src/contract/errors.ts';
import { forkWorker, WorkerPool } from '../../src/optimizer/index.ts';
import { HUNGRY } from './hungry-documents.ts';

if (isBuildNeeded()) throw new Error('out/ is older than the sources: run `npm run build` first');

let directory: string;
let pool: WorkerPool;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'hungry-'));
  pool = new WorkerPool({ start: forkWorker(DOCUMENT_WORKER) });
});
afterAll(async () => {
  await pool.close();
  rmSync(directory, { recursive: true });
});

it.each(Object.keys(HUNGRY))('%s: read or refused with its reason, well within the bounds', async (name) => {
  const path = join(directory, 'hungry.pdf');
  writeFileSync(path, HUNGRY[name]?.() ?? '');
  const outcomes = [
    pool.run('inspect', { path }),
    pool.run('verify', { path, anchors: [], at: new Date('2026-01-01T00:00:00Z') }),
  ].map((work) =>
    work.then(
      () => 'read',
      (thrown: unknown) => toOssError(thrown).code,
    ),
  );
  // Neither OSS_WORK_*, which would be the bound, nor OSS_INTERNAL.
  for (const outcome of await Promise.all(outcomes)) expect(outcome).toMatch(/^(read|OSS_PDF_\w+)$/);
});

it('the bomb of certificates ends, whatever it is called then, and stops nobody', async () => {
  const path = join(import.meta.dirname, 'path-bomb-24.pdf');
  const bomb = pool.run('verify', { path, anchors: [], at: new Date('2026-01-01T00:00:00Z') }).then(
    ({ verdict }) => verdict,
    (thrown: unknown) => toOssError(thrown).code,
  );
  const other = join(import.meta.dirname, '../corpus/libreoffice.pdf');
  await expect(pool.run('inspect', { path: other })).resolves.toMatchObject({ pages: 1 });
  expect(await bomb).not.toBe('valid');
});
