import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OssError } from '../../../src/contract/errors.ts';
import { verifyFile } from '../../../src/optimizer/index.ts';
import { compareVersions } from '../../../src/optimizer/rendering/compare-versions.ts';
import { withComparison } from '../../../src/optimizer/work/verify-job.ts';
import { certificatesFromPem } from '../../../src/pki/index.ts';
import { type Sandbox, startSandbox } from '../../integration/sandbox.ts';
import { describeWithJudge } from '../judges/at-hand.ts';
import type { Attack, Bases } from './attack.ts';
import { makeBases } from './bases.ts';
import { CERTIFICATION, PERMITTED } from './certification.ts';
import { INCREMENTAL_SAVING } from './incremental-saving.ts';
import { MARKS, UNMARKED } from './marks.ts';
import { rendered } from './rendered.ts';
import { REUSE_OF_MARKS } from './reuse.ts';
import { SHADOW } from './shadow.ts';
import { STRUCTURE } from './structure.ts';

const FORGED: readonly Attack[] = [
  ...INCREMENTAL_SAVING,
  ...SHADOW,
  ...CERTIFICATION,
  ...MARKS,
  ...REUSE_OF_MARKS,
  ...STRUCTURE,
].filter(({ expected, ownRoot }) => expected !== 'valid' && !ownRoot);

let directory: string;
let sandbox: Sandbox;
let bases: Bases;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'second-eye-'));
  sandbox = await startSandbox();
  bases = await makeBases(sandbox, directory);
}, 120_000);
afterAll(async () => {
  await sandbox?.close();
  await rm(directory, { recursive: true });
});

/** The first signature of a file, and where the version ends that it covers; undefined where the file is refused. */
async function firstSignature(path: string) {
  try {
    const options = { anchors: certificatesFromPem(sandbox.anchor), at: new Date() };
    const { signatures } = await verifyFile(path, options);
    return signatures[0];
  } catch (error) {
    if (error instanceof OssError) return undefined;
    throw error;
  }
}

describeWithJudge('poppler', 'the second eye, which knows no rules about objects', () => {
  it.each(FORGED.map((attack) => [attack.name, attack] as const))(
    'sees what Poppler sees: %s',
    async (_, attack) => {
      const path = join(directory, `${attack.name}.pdf`);
      await writeFile(path, await attack.make(bases));
      const signature = await firstSignature(path);
      const revisionEnd = signature?.coverage.bytes ?? 0;
      if (!signature || revisionEnd === 0 || signature.coverage.wholeFile) return;
      const before = join(directory, `${attack.name}-signed.pdf`);
      await writeFile(before, (await readFile(path)).subarray(0, revisionEnd));
      const [then, now] = await Promise.all(
        [before, path].map((one) => rendered(one).catch(() => undefined)),
      );
      if (!then || !now || then.equals(now)) return;
      const seen = await compareVersions({ path, revisionEnd });
      if (!seen) return;
      expect(seen.differences).not.toEqual([]);
      // With the rules switched off nothing explains what shows, and nobody calls the file valid.
      const trusting = { ...signature, verdict: 'valid', checks: [], changes: [] } as const;
      expect(withComparison({ ...trusting, checks: [], changes: [] }, seen)).toMatchObject({
        verdict: 'undecided',
        checks: [{ outcome: 'undecided', reason: 'looksDifferent' }],
      });
    },
  );

  it.each(
    [...PERMITTED, ...UNMARKED].filter(({ ownRoot }) => !ownRoot).map((one) => [one.name, one] as const),
  )('raises no alarm over what is permitted: %s', async (_, attack) => {
    const path = join(directory, `${attack.name}.pdf`);
    await writeFile(path, await attack.make(bases));
    const signature = await firstSignature(path);
    if (!signature || signature.coverage.wholeFile) return;
    const seen = await compareVersions({ path, revisionEnd: signature.coverage.bytes });
    expect(seen && withComparison(signature, seen).verdict).toBe(signature.verdict);
  });
});
