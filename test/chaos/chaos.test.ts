import { join } from 'node:path';
import { expect, it } from 'vitest';
import { COMMAND_LINE, isBuildNeeded } from '../../scripts/build.mjs';
import { findPostgres } from '../support/postgres-server.ts';
import { runChaos } from './chaos.ts';

if (isBuildNeeded()) throw new Error('out/ is older than the sources: run `npm run build` first');

const originals = ['pdftex.pdf', 'chromium.pdf'].map((name) => join(import.meta.dirname, '../corpus', name));
const hasPostgres = (await findPostgres()) !== undefined;

// The long form: npm run chaos -- --minutes 10 --database postgres.
it.each(['sqlite', 'postgres'] as const)(
  'whatever is taken away on %s, nothing is lost, comes twice, stands without a reason or is left behind',
  async (database) => {
    if (database === 'postgres' && !hasPostgres) return;
    const { faults, signed } = await runChaos({
      database,
      commandLine: COMMAND_LINE,
      seconds: 15,
      seed: 20_261_130,
      originals,
      calmSeconds: 120,
    });
    expect(faults).toEqual([]);
    expect(signed).toBeGreaterThan(0);
  },
  400_000,
);
