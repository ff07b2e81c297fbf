import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OssError } from '../../../src/contract/errors.ts';
import type { Change, Check, VerificationReport } from '../../../src/contract/model/verification.ts';
import { verifyFile } from '../../../src/optimizer/index.ts';
import {
  compareVersions,
  signaturesToCompare,
  withSecondEye,
} from '../../../src/optimizer/second-eye/index.ts';
import { certificatesFromPem, toPem } from '../../../src/pki/index.ts';
import { type Sandbox, startSandbox } from '../../integration/sandbox.ts';
import { describeWithJudge, missing } from '../judges/at-hand.ts';
import { judgeDss } from '../judges/dss.ts';
import { judgePyHanko } from '../judges/pyhanko.ts';
import type { Attack } from './attack.ts';
import { makeBases } from './bases.ts';
import { BYTE_RANGE } from './byte-range.ts';
import { CERTIFICATION, PERMITTED } from './certification.ts';
import { FORGERY } from './forgery.ts';
import { INCREMENTAL_SAVING } from './incremental-saving.ts';
import { MARKS, UNMARKED } from './marks.ts';
import { OWN_PKI, OWN_ROOT } from './own-pki.ts';
import { rendered } from './rendered.ts';
import { REUSE_OF_MARKS, REUSE_OF_OBJECTS } from './reuse.ts';
import { SHADOW } from './shadow.ts';
import { STRUCTURE } from './structure.ts';
import { isExplained, type Opinion, opinionOfDss, opinionOfPyHanko, type Row, tableOf } from './table.ts';
import { WRAPPING } from './wrapping.ts';

const ATTACKS: readonly Attack[] = [
  ...INCREMENTAL_SAVING,
  ...FORGERY,
  ...WRAPPING,
  ...BYTE_RANGE,
  ...SHADOW,
  ...CERTIFICATION,
  ...MARKS,
  ...REUSE_OF_MARKS,
  ...STRUCTURE,
  ...REUSE_OF_OBJECTS,
  ...OWN_PKI,
  ...PERMITTED,
  ...UNMARKED,
];
const DOCUMENT = join(import.meta.dirname, '../../../docs/verification.md');
const [TABLE_BEGIN, TABLE_END] = ['<!-- verdicts -->\n', '\n<!-- end of verdicts -->'];
const JUDGING = 300_000;

let directory: string;
let sandbox: Sandbox;
/** Of the sandbox, and of the invented PKIs. */
let anchors: { readonly sandbox: string; readonly own: string };
const pathOf = ({ name }: Attack): string => join(directory, `${name}.pdf`);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'attacks-'));
  sandbox = await startSandbox();
  anchors = { sandbox: join(directory, 'anchor.pem'), own: join(directory, 'own-anchor.pem') };
  await writeFile(anchors.sandbox, sandbox.anchor);
  await writeFile(anchors.own, toPem(OWN_ROOT.certificate.der));
  const bases = await makeBases(sandbox, directory);
  for (const attack of ATTACKS) await writeFile(pathOf(attack), await attack.make(bases));
}, JUDGING);
afterAll(async () => {
  await sandbox?.close();
  if (!process.env.KEEP_ATTACKED_FILES) await rm(directory, { recursive: true });
});

/** Undefined where the file is refused. */
async function verify(attack: Attack): Promise<VerificationReport | undefined> {
  try {
    const trusted = attack.ownRoot ? [OWN_ROOT.certificate] : certificatesFromPem(sandbox.anchor);
    return await verifyFile(pathOf(attack), { anchors: trusted, at: new Date() });
  } catch (error) {
    if (error instanceof OssError) return undefined;
    throw error;
  }
}

function findings({ signatures, checks }: VerificationReport): string[] {
  const all = [...signatures.flatMap((one) => one.checks), ...checks];
  const reasons = all.map(({ reason }) => reason ?? '');
  return [...reasons, ...signatures.flatMap(({ changes }) => changes.map(({ kind }) => kind))];
}

const NOTHING_FOUND: Check = {
  name: 'changes',
  outcome: 'passed',
  sentence: 'After signing nothing that matters was added.',
};

describe('our verdict on files attacked after signing', () => {
  it.each(ATTACKS.map((attack) => [attack.name, attack] as const))('%s', async (_, attack) => {
    const report = await verify(attack);
    const said = JSON.stringify(
      report?.signatures.map(({ checks, changes }) => ({ checks, changes })),
      null,
      1,
    );
    expect(report?.verdict ?? 'refused', said).toBe(attack.expected);
    if (report && attack.finding) expect(findings(report), said).toContain(attack.finding);
  });
});

/** Whether Poppler draws the first bytes of a file as it draws the whole. */
async function isDrawnOtherwise(attack: Attack, revisionEnd: number): Promise<boolean> {
  const path = join(directory, 'signed-version.pdf');
  await writeFile(path, (await readFile(pathOf(attack))).subarray(0, revisionEnd));
  const [signed, now] = await Promise.all([path, pathOf(attack)].map(rendered));
  return signed === undefined || now === undefined || !signed.equals(now);
}

/**
 * Marks without a look of their own: viewers make one up, or none, as PDFium does. Only the rules can judge them.
 */
const MADE_UP_BY_VIEWERS = [
  'mark-attachment',
  'mark-field-as-link',
  'mark-field-as-stamp',
  'mark-field-characteristics',
  'mark-link-default',
  'mark-link-wide',
];

describeWithJudge('poppler', 'the second eye, which knows none of the rules', () => {
  it('sees every file that shows something else than was signed, and nothing else than was permitted', async () => {
    const [missed, alarms]: [string[], string[]] = [[], []];
    let seen = 0;
    for (const attack of ATTACKS) {
      const report = await verify(attack);
      for (const signature of report ? signaturesToCompare(report) : []) {
        const path = pathOf(attack);
        const compare = async (changes: readonly Change[]) =>
          (await compareVersions({ path, signatures: [{ ...signature, changes }] }))[0];
        const drawn = await compare([]);
        const isDrawn = drawn !== undefined && drawn.notDrawn === undefined;
        if (isDrawn && drawn.differing.length > 0) seen += 1;
        else if (isDrawn && (await isDrawnOtherwise(attack, signature.revisionEnd))) missed.push(attack.name);
        if (attack.expected !== 'valid') continue;
        const { differing = [] } = (await compare(signature.changes)) ?? {};
        if (differing.some(({ isExplained: isFound }) => !isFound)) alarms.push(attack.name);
      }
    }
    expect({ missed: missed.sort(), alarms }).toEqual({ missed: MADE_UP_BY_VIEWERS, alarms: [] });
    expect(seen).toBeGreaterThan(30);
  }, 240_000);

  it('leaves a page that looks otherwise to a person, where the rules found nothing', async () => {
    const shadow = ATTACKS.find(({ family }) => family === 'Shadow');
    const report = shadow && (await verify(shadow));
    if (!report) throw new Error('no shadow attack');
    const blind = {
      ...report,
      verdict: 'valid' as const,
      signatures: report.signatures.map((signature) => ({
        ...signature,
        verdict: 'valid' as const,
        changes: [],
        checks: signature.checks.filter(({ name }) => name !== 'changes').concat(NOTHING_FOUND),
      })),
    };
    const drawn = await compareVersions({ path: pathOf(shadow), signatures: signaturesToCompare(blind) });
    const judged = withSecondEye(blind, drawn);
    expect(judged.verdict).toBe('undecided');
    expect(findings(judged)).toEqual(expect.arrayContaining(['changeSuspicious', 'looksOtherwise']));
  });
});

const unasked = ['pyHanko', 'DSS'].map(missing).find((reason) => reason !== undefined);

/** Opinions on all files, in their order: each judge knows one anchor at a time. */
async function opinions<Verdict>(
  ask: (files: readonly { path: string }[], anchor: string) => Promise<readonly Verdict[]>,
  opinionOf: (verdict: Verdict) => Opinion,
): Promise<Opinion[]> {
  const found = new Map<Attack, Opinion>();
  for (const isOwn of [false, true]) {
    const asked = ATTACKS.filter(({ ownRoot = false }) => ownRoot === isOwn);
    const files = asked.map((attack) => ({ path: pathOf(attack) }));
    const verdicts = await ask(files, isOwn ? anchors.own : anchors.sandbox);
    asked.forEach((attack, index) => {
      const verdict = verdicts[index];
      if (verdict !== undefined) found.set(attack, opinionOf(verdict));
    });
  }
  return ATTACKS.map((attack) => found.get(attack) ?? { accepts: false, words: 'no answer' });
}

describe.skipIf(unasked !== undefined && !process.env.CI)('the judges on the same files', () => {
  let rows: readonly Row[];
  beforeAll(async () => {
    const pyHanko = await opinions((files, anchor) => judgePyHanko(files, anchor), opinionOfPyHanko);
    const dss = await opinions((files, anchor) => judgeDss(files, anchor, { online: true }), opinionOfDss);
    const ours: Opinion[] = [];
    for (const attack of ATTACKS) {
      const verdict = (await verify(attack))?.verdict;
      ours.push({ accepts: verdict === 'valid', words: verdict ?? 'refused' });
    }
    const none: Opinion = { accepts: false, words: 'no answer' };
    rows = ATTACKS.map(({ family, what, because }, index) => ({
      family,
      what,
      because,
      ours: ours[index] ?? none,
      pyHanko: pyHanko[index] ?? none,
      dss: dss[index] ?? none,
    }));
  }, JUDGING);

  it('nobody accepts what we reject, or the reverse, without an explanation', () => {
    const unexplained = rows.filter((row) => !isExplained(row));
    const told = unexplained.map(({ what, ours, pyHanko, dss }) => [
      what,
      ours.words,
      pyHanko.words,
      dss.words,
    ]);
    expect(told).toEqual([]);
  });

  it('docs/verification.md has the table of today', () => {
    const text = readFileSync(DOCUMENT, 'utf8');
    const [before = '', rest = ''] = text.split(TABLE_BEGIN);
    const after = rest.split(TABLE_END)[1] ?? '';
    const current = `${before}${TABLE_BEGIN}${tableOf(rows)}${TABLE_END}${after}`;
    // To write it again: UPDATE_DOCUMENTS=1 npx vitest run test/conformance/attacks
    if (process.env.UPDATE_DOCUMENTS) writeFileSync(DOCUMENT, current);
    expect(text).toBe(current);
  });
});
