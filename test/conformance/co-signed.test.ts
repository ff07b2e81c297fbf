import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CaseRecord } from '../../src/contract/model/case.ts';
import type { SignatureLevel } from '../../src/contract/model/signature-level.ts';
import type { Certification } from '../../src/contract/model/transaction.ts';
import { verifyFile } from '../../src/optimizer/index.ts';
import { certificatesFromPem } from '../../src/pki/index.ts';
import { declineNext, newCase, signNext, visibleIn } from '../integration/co-signing.ts';
import { type Sandbox, startSandbox } from '../integration/sandbox.ts';
import { Station } from '../integration/station.ts';
import { isLongForm } from '../support/long-form.ts';
import { describeWithJudge } from './judges/at-hand.ts';
import { judgeDss } from './judges/dss.ts';
import { judgePoppler } from './judges/poppler.ts';
import { judgePyHanko } from './judges/pyhanko.ts';

const SIGNING_AND_JUDGING = 300_000;
const DOCUMENTS = ['libreoffice.pdf', 'chromium.pdf'].map((name) =>
  join(import.meta.dirname, '../corpus', name),
);

interface Way {
  readonly name: string;
  readonly level: SignatureLevel;
  readonly certification?: Certification;
}
const WAYS: readonly Way[] = [
  { name: 'certified for forms at B-LT', level: 'B-LT', certification: 2 },
  { name: 'approvals at B-T', level: 'B-T' },
  ...(isLongForm
    ? [
        { name: 'approvals at B-LTA', level: 'B-LTA' } as const,
        { name: 'certified for comments at B-LT', level: 'B-LT', certification: 3 } as const,
      ]
    : []),
];

/**
 * A loan: Ada and Bea sign today (Bea refuses the annex), Carl declines, Dora signs the next day at another start, and
 * the bank's seal comes last.
 */
const SIGNERS = ['Ada', 'Bea', 'Carl', 'Dora'];
const BANK = 'SANDBOX Bank - NOT QUALIFIED';

let sandbox: Sandbox;
let directory: string;
let anchorPath: string;
const cases = new Map<string, CaseRecord>();

async function signCase({ name, level, certification }: Way): Promise<CaseRecord> {
  const options = { serviceUrl: sandbox.url, anchor: sandbox.anchor, directory: join(directory, name) };
  const today = await Station.open(options);
  const seal = {
    ...(await today.optimizer.sealSigner()),
    documents: DOCUMENTS.map((_, document) => ({ document, options: visibleIn(SIGNERS.length) })),
  };
  const { id } = await newCase(today, SIGNERS, DOCUMENTS, {
    level,
    ...(certification && { certification }),
    last: [seal],
  });
  await signNext(today, id, 0);
  await signNext(today, id, 1, [1]);
  await declineNext(today, id, 2);
  await today.close();

  const tomorrow = await Station.open(options);
  await tomorrow.optimizer.resume();
  await signNext(tomorrow, id, 3);
  await tomorrow.optimizer.sealCase(id, 4);
  const ended = await tomorrow.optimizer.cases.close(id);
  await tomorrow.close();
  return ended;
}

beforeAll(async () => {
  sandbox = await startSandbox();
  directory = await mkdtemp(join(tmpdir(), 'co-signed-'));
  anchorPath = join(directory, 'anchor.pem');
  await writeFile(anchorPath, sandbox.anchor);
  for (const way of WAYS) cases.set(way.name, await signCase(way));
}, SIGNING_AND_JUDGING);

afterAll(async () => {
  await sandbox?.close();
  await rm(directory, { recursive: true });
});

/** Which signers are in which file, in the order of their signatures. */
const EXPECTED = [
  ['Ada Lovelace', 'Bea Lovelace', 'Dora Lovelace', BANK],
  ['Ada Lovelace', 'Dora Lovelace', BANK],
];
const filesOf = ({ name }: Way): { path: string }[] =>
  (cases.get(name)?.closed?.files ?? []).map((path) => ({ path: path ?? '' }));
const NAMES = WAYS.map((way) => [way.name, way] as const);

it.each(NAMES)('%s: one file each, under the name of one signature', async (name, way) => {
  expect((await readdir(join(directory, name, 'signed'))).sort()).toEqual([
    'chromium-signed.pdf',
    'libreoffice-signed.pdf',
  ]);
  expect(cases.get(name)?.closed?.outcome).toBe('partly');
  for (const [index, { path }] of filesOf(way).entries()) {
    const report = await verifyFile(path, { anchors: certificatesFromPem(sandbox.anchor), at: new Date() });
    expect(report.signatures.map(({ signer, verdict, level }) => ({ signer, verdict, level }))).toEqual(
      (EXPECTED[index] ?? []).map((signer) => ({ signer, verdict: 'valid', level: way.level })),
    );
  }
});

describeWithJudge('pyHanko', 'pyHanko accepts every signature of a case', () => {
  it.each(NAMES)(
    '%s',
    async (_, way) => {
      const verdicts = await judgePyHanko(filesOf(way), anchorPath, { ades: way.level !== 'B-T' });
      for (const [index, { signatures }] of verdicts.entries()) {
        expect(signatures).toHaveLength(EXPECTED[index]?.length ?? -1);
        for (const signature of signatures)
          expect(signature).toMatchObject({ accepted: true, trusted: true, permitted: true });
      }
    },
    SIGNING_AND_JUDGING,
  );
});

describeWithJudge('DSS', 'DSS passes every signature of a case', () => {
  it.each(NAMES)(
    '%s',
    async (_, way) => {
      const verdicts = await judgeDss(filesOf(way), anchorPath, { online: true });
      for (const [index, { signatures }] of verdicts.entries()) {
        expect(signatures).toMatchObject(
          (EXPECTED[index] ?? []).map(() => ({
            indication: 'TOTAL_PASSED',
            level: `PAdES-BASELINE-${way.level.slice(2)}`,
            modificationsDetected: false,
            errors: [],
          })),
        );
      }
    },
    SIGNING_AND_JUDGING,
  );
});

describeWithJudge('poppler', 'poppler finds every signature of a case valid', () => {
  it.each(NAMES)(
    '%s',
    async (_, way) => {
      const verdicts = await judgePoppler(filesOf(way));
      expect(verdicts.map((file) => file.map(({ signer, valid }) => [signer, valid]))).toEqual(
        EXPECTED.map((signers) => signers.map((signer) => [signer, true])),
      );
    },
    SIGNING_AND_JUDGING,
  );
});
