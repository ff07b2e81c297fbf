import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OssError } from '../../src/contract/errors.ts';
import type { VerifiedSignature } from '../../src/contract/model/verification.ts';
import { verifyFile } from '../../src/optimizer/index.ts';
import { certificatesFromPem } from '../../src/pki/index.ts';
import { type Sandbox, startSandbox } from '../integration/sandbox.ts';
import { isCoveredLater } from './covered-later.ts';
import { describeWithJudge } from './judges/at-hand.ts';
import { type DssSignature, type DssVerdict, judgeDss } from './judges/dss.ts';
import type { JudgedFile } from './judges/judged-file.ts';
import { judgePoppler, type PopplerSignature } from './judges/poppler.ts';
import { judgePyHanko, type PyHankoSignature, type PyHankoVerdict } from './judges/pyhanko.ts';
import { judgeQpdf, type QpdfVerdict } from './judges/qpdf.ts';
import { casesOf, SignedCorpus, type SignedFile, variantsOf } from './signed-corpus.ts';

const SIGNING_AND_JUDGING = 900_000;

/** What a judge says about every signed file and about every file as it was before. */
class Verdicts<T> {
  readonly #verdicts: ReadonlyMap<string, T>;

  private constructor(verdicts: ReadonlyMap<string, T>) {
    this.#verdicts = verdicts;
  }

  static async ask<T>(
    corpus: SignedCorpus,
    judge: (files: readonly JudgedFile[]) => Promise<T[]>,
  ): Promise<Verdicts<T>> {
    const files = new Map(
      corpus.all().flatMap((file) => [file, file.before].map((each) => [each.path, each])),
    );
    const verdicts = await judge([...files.values()]);
    return new Verdicts(new Map([...files.keys()].map((path, index) => [path, verdicts[index] as T])));
  }

  on({ path }: JudgedFile): T {
    const verdict = this.#verdicts.get(path);
    if (verdict === undefined) throw new Error(`no verdict on ${path}`);
    return verdict;
  }
}

/** The signature that was added, and those that were there before, as two lists of the same kind. */
function split<T extends { field: string | null }>(after: readonly T[], before: readonly T[]) {
  const earlier = new Set(before.map(({ field }) => field));
  return {
    added: after.filter(({ field }) => !earlier.has(field)),
    kept: after.filter(({ field }) => earlier.has(field)),
  };
}

/** The second: what is repaired before it is signed cannot be read as it is. */
const WITHOUT_SIGNATURE: readonly string[] = ['OSS_PDF_NO_SIGNATURE', 'OSS_PDF_XREF_DAMAGED'];

/** Signs the corpus at one level, in every way, and asks every judge about every file. */
export function judgeCorpusAt(level: 'B-B' | 'B-T'): void {
  const variants = variantsOf(level);
  const CASES = casesOf(variants);
  let sandbox: Sandbox;
  let corpus: SignedCorpus;

  beforeAll(async () => {
    sandbox = await startSandbox();
    corpus = await SignedCorpus.sign(sandbox, variants);
  }, SIGNING_AND_JUDGING);

  afterAll(async () => {
    await corpus?.remove();
    await sandbox?.close();
  });

  it.each(CASES)('%s: the signed %s begins with every byte of the original', (variant, name) => {
    const file = corpus.file(variant, name);
    const original = readFileSync(file.before.path);
    const signed = readFileSync(file.path);
    expect(signed.subarray(0, original.length).equals(original)).toBe(true);
    expect(signed.length).toBeGreaterThan(original.length);
  });

  describeWithJudge('qpdf', 'qpdf finds the structure as sound as before', () => {
    let verdicts: Verdicts<QpdfVerdict>;
    beforeAll(async () => {
      verdicts = await Verdicts.ask(corpus, judgeQpdf);
    }, SIGNING_AND_JUDGING);

    it.each(CASES)('%s: %s', (variant, name) => {
      const file = corpus.file(variant, name);
      const before = verdicts.on(file.before);
      const after = verdicts.on(file);
      expect(after.gravity, after.warnings.join('\n')).toBeLessThanOrEqual(before.gravity);
      expect(after.warnings.length, after.warnings.join('\n')).toBeLessThanOrEqual(before.warnings.length);
    });
  });

  describeWithJudge('poppler', 'poppler finds the signature valid, over the whole document', () => {
    let verdicts: Verdicts<PopplerSignature[]>;
    beforeAll(async () => {
      verdicts = await Verdicts.ask(corpus, judgePoppler);
    }, SIGNING_AND_JUDGING);

    it.each(CASES)('%s: %s', (variant, name) => {
      const file = corpus.file(variant, name);
      const before = verdicts.on(file.before);
      const { added, kept } = split(verdicts.on(file), before);
      expect(added).toEqual([
        {
          field: expect.any(String),
          valid: true,
          coversDocument: true,
          type: 'ETSI.CAdES.detached',
          signer: 'Ada Lovelace Byron',
        },
      ]);
      expect(kept).toEqual(before.map((signature) => ({ ...signature, coversDocument: false })));
    });
  });

  describeWithJudge('pyHanko', 'pyHanko accepts the signature, and the earlier ones as before', () => {
    let verdicts: Verdicts<PyHankoVerdict>;
    beforeAll(async () => {
      verdicts = await Verdicts.ask(corpus, (files) => judgePyHanko(files, corpus.anchorPath));
    }, SIGNING_AND_JUDGING);

    const cases = CASES.filter(([, , file]) => !file.withoutPyHanko);

    it.each(cases)('%s: %s', (variant, name) => {
      const file = corpus.file(variant, name);
      const before = verdicts.on(file.before);
      const after = verdicts.on(file);
      expect(after).toMatchObject({ strict: file.corpus.repaired === true || before.strict });
      const { added, kept } = split(after.signatures, before.signatures);
      expect(added).toMatchObject([
        {
          intact: true,
          valid: true,
          trusted: true,
          coverage: 'ENTIRE_FILE',
          modification: 'NONE',
          timestamp: file.variant.level === 'B-T' ? { intact: true, valid: true, trusted: true } : null,
          accepted: true,
        },
      ]);
      expect(kept.map(standing)).toEqual(before.signatures.map(standing));
    });

    const standing = ({ field, intact, valid, trusted, permitted, accepted }: PyHankoSignature) => ({
      field,
      intact,
      valid,
      trusted,
      permitted,
      accepted,
    });
  });

  describeWithJudge('DSS', 'DSS passes the signature at its level, and the earlier ones as before', () => {
    let verdicts: Verdicts<DssVerdict>;
    beforeAll(async () => {
      verdicts = await Verdicts.ask(corpus, (files) => judgeDss(files, corpus.anchorPath, { online: true }));
    }, SIGNING_AND_JUDGING);

    it.each(CASES)('%s: %s', (variant, name) => {
      const file = corpus.file(variant, name);
      const before = verdicts.on(file.before);
      const { added, kept } = split(verdicts.on(file).signatures, before.signatures);
      expect(added).toMatchObject([
        {
          indication: 'TOTAL_PASSED',
          subIndication: null,
          level: file.variant.level === 'B-T' ? 'PAdES-BASELINE-T' : 'PAdES-BASELINE-B',
          byteRangeValid: true,
          modificationsDetected: false,
          errors: [],
          warnings: [],
        },
      ]);
      expect(kept.map(standing)).toEqual(before.signatures.map(standing));
    });

    const standing = ({ field, intact, indication, subIndication, level }: DssSignature) => ({
      field,
      intact,
      indication,
      subIndication,
      level,
    });
  });

  describe('our own verification agrees', () => {
    const verify = async (file: JudgedFile): Promise<VerifiedSignature[]> => {
      try {
        const report = await verifyFile(file.path, {
          anchors: certificatesFromPem(sandbox.anchor),
          at: new Date(),
          ...(file.password === undefined ? {} : { password: file.password }),
        });
        return report.signatures;
      } catch (error) {
        if (error instanceof OssError && WITHOUT_SIGNATURE.includes(error.code)) return [];
        throw error;
      }
    };

    it.each(CASES)('%s: %s', async (variant, name) => {
      const file: SignedFile = corpus.file(variant, name);
      const before = await verify(file.before);
      const { added, kept } = split(await verify(file), before);
      expect(added).toMatchObject([{ verdict: 'valid', level: file.variant.level, singleUse: true }]);
      expect(kept.map(({ field, verdict }) => ({ field, verdict }))).toEqual(
        before.map(({ field, verdict }, index) => ({
          field,
          verdict: verdict === 'valid' && isCoveredLater(kept[index]) ? 'undecided' : verdict,
        })),
      );
    });
  });
}
