import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VerifiedSignature } from '../../src/contract/model/verification.ts';
import { verifyFile } from '../../src/optimizer/index.ts';
import { certificatesFromPem } from '../../src/pki/index.ts';
import { type Sandbox, startSandbox } from '../integration/sandbox.ts';
import { SIGNABLE } from './corpus.ts';
import { isCoveredLater } from './covered-later.ts';
import { describeWithJudge } from './judges/at-hand.ts';
import { type DssSignature, type DssVerdict, judgeDss } from './judges/dss.ts';
import { judgePoppler, type PopplerSignature } from './judges/poppler.ts';
import { judgePyHanko, type PyHankoVerdict } from './judges/pyhanko.ts';
import { judgeQpdf, type QpdfVerdict } from './judges/qpdf.ts';
import { casesOf, SignedCorpus, type SignedFile, variantsOf } from './signed-corpus.ts';

const SIGNING_AND_JUDGING = 900_000;

let sandbox: Sandbox;
let corpus: SignedCorpus;

beforeAll(async () => {
  sandbox = await startSandbox();
  corpus = await SignedCorpus.sign(sandbox, LONG_TERM_VARIANTS);
}, SIGNING_AND_JUDGING);

afterAll(async () => {
  await corpus?.remove();
  await sandbox?.close();
});

const LONG_TERM_VARIANTS = [...variantsOf('B-LT'), ...variantsOf('B-LTA')];
const CASES = casesOf(LONG_TERM_VARIANTS);

/** What a judge says about each signed file, by path. */
async function verdictsOn<T>(
  judge: (files: readonly SignedFile[]) => Promise<T[]>,
): Promise<ReadonlyMap<string, T>> {
  const files = corpus.all();
  const verdicts = await judge(files);
  return new Map(files.map(({ path }, index) => [path, verdicts[index] as T]));
}

/** The fields that carry a signature of this product, made for this file or for the file that it was before. */
function ownFields(file: SignedFile): number {
  return file.variant.over === undefined ? 1 : 2;
}

const ownStamps = (file: SignedFile): number => (file.variant.level === 'B-LTA' ? ownFields(file) : 0);

it.each(CASES)('%s: the signed %s begins with every byte of what it was before', (variant, name) => {
  const file = corpus.file(variant, name);
  const before = readFileSync(file.before.path);
  expect(readFileSync(file.path).subarray(0, before.length).equals(before)).toBe(true);
});

describeWithJudge('qpdf', 'qpdf finds the structure as sound as before', () => {
  let verdicts: ReadonlyMap<string, QpdfVerdict>;
  let before: ReadonlyMap<string, QpdfVerdict>;
  beforeAll(async () => {
    verdicts = await verdictsOn(judgeQpdf);
    const found = await judgeQpdf(SIGNABLE);
    before = new Map(SIGNABLE.map(({ name }, index) => [name, found[index] as QpdfVerdict]));
  }, SIGNING_AND_JUDGING);

  it.each(CASES)('%s: %s', (variant, name) => {
    const verdict = verdicts.get(corpus.file(variant, name).path);
    const earlier = before.get(name);
    expect(verdict?.gravity, verdict?.warnings.join('\n')).toBeLessThanOrEqual(earlier?.gravity ?? -1);
    expect(verdict?.warnings.length).toBeLessThanOrEqual(earlier?.warnings.length ?? -1);
  });
});

describeWithJudge('poppler', 'poppler finds the signatures valid', () => {
  let verdicts: ReadonlyMap<string, PopplerSignature[]>;
  beforeAll(async () => {
    verdicts = await verdictsOn(judgePoppler);
  }, SIGNING_AND_JUDGING);

  it.each(CASES)('%s: %s', (variant, name) => {
    const file = corpus.file(variant, name);
    const own = verdicts.get(file.path)?.filter(({ signer }) => signer === 'Ada Lovelace Byron');
    expect(own?.map(({ valid }) => valid)).toEqual(Array(ownFields(file)).fill(true));
  });
});

describeWithJudge(
  'pyHanko',
  'pyHanko accepts the signatures, every later change and every document time stamp',
  () => {
    let verdicts: ReadonlyMap<string, PyHankoVerdict>;
    beforeAll(async () => {
      verdicts = await verdictsOn((files) => judgePyHanko(files, corpus.anchorPath, { ades: true }));
    }, SIGNING_AND_JUDGING);

    const cases = CASES.filter(([, , file]) => !file.withoutPyHanko);

    it.each(cases)('%s: %s', (variant, name) => {
      const file = corpus.file(variant, name);
      const { signatures = [], documentTimestamps = [] } = verdicts.get(file.path) ?? {};
      const own = signatures.filter(({ signer }) => signer?.includes('Ada'));
      expect(own).toHaveLength(ownFields(file));
      expect(own.at(-1)).toMatchObject({
        accepted: true,
        trusted: true,
        modification: 'LTA_UPDATES',
        permitted: true,
        adesAccepted: true,
        ...(file.variant.level === 'B-LTA' ? { ades: 'OK' } : {}),
      });
      for (const signature of own) expect(signature).toMatchObject({ accepted: true, permitted: true });
      expect(documentTimestamps).toHaveLength(ownStamps(file));
      for (const [index, stamp] of documentTimestamps.entries()) {
        const coverage = index === documentTimestamps.length - 1 ? 'ENTIRE_FILE' : 'ENTIRE_REVISION';
        expect(stamp).toMatchObject({ intact: true, valid: true, trusted: true, coverage });
      }
    });
  },
);

describeWithJudge('DSS', 'DSS passes the signatures at their level', () => {
  const verdicts = new Map<string, ReadonlyMap<string, DssVerdict>>();
  beforeAll(async () => {
    for (const online of [true, false]) {
      verdicts.set(
        online ? 'online' : 'from the file alone',
        await verdictsOn((files) => judgeDss(files, corpus.anchorPath, { online })),
      );
    }
  }, 2 * SIGNING_AND_JUDGING);

  const how = ['online', 'from the file alone'] as const;
  it.each(how.flatMap((way) => CASES.map((one) => [way, ...one] as const)))(
    '%s, %s: %s',
    (way, variant, name) => {
      const file = corpus.file(variant, name);
      const own = verdicts
        .get(way)
        ?.get(file.path)
        ?.signatures.filter(({ signer }) => signer?.includes('Ada'));
      const expected: Partial<DssSignature> = {
        indication: 'TOTAL_PASSED',
        subIndication: null,
        level: file.variant.level === 'B-LT' ? 'PAdES-BASELINE-LT' : 'PAdES-BASELINE-LTA',
        byteRangeValid: true,
        modificationsDetected: false,
        errors: [],
        warnings: [],
      };
      expect(own).toMatchObject(Array(ownFields(file)).fill(expected));
    },
  );
});

describe('our own verification agrees', () => {
  it.each(CASES)('%s: %s', async (variant, name) => {
    const file = corpus.file(variant, name);
    const report = await verifyFile(file.path, {
      anchors: certificatesFromPem(sandbox.anchor),
      at: new Date(),
      ...(file.password === undefined ? {} : { password: file.password }),
    });
    const own = report.signatures.filter(({ singleUse }) => singleUse);
    expect(own).toHaveLength(ownFields(file));
    for (const [index, signature] of own.entries()) {
      // A later mark over text is for a person to look at, also where its signature verifies.
      const isCovered = index < own.length - 1 && isCoveredLater(signature);
      const expected: Partial<VerifiedSignature> = {
        verdict: isCovered ? 'undecided' : 'valid',
        level: file.variant.level,
      };
      expect(signature).toMatchObject(expected);
    }
    expect(report.documentTimestamps.map(({ verdict }) => verdict)).toEqual(
      Array(ownStamps(file)).fill('valid'),
    );
  });
});
