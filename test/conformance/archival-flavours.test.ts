/**
 * A document for archiving, or for everybody, stays what it was: signed invisibly, visibly, twice, and at B-LTA with what
 * is added to it. Or preflight says why not.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TYPST_PYTHON } from '../../scripts/prerequisites.mjs';
import { describeDocument, inspectForSigning, memorySource, openPdf } from '../../src/pdf/index.ts';
import { opensslSigner, sign, typefaces } from '../../src/pdf/signing.fixture.ts';
import { startSandbox } from '../integration/sandbox.ts';
import { Station } from '../integration/station.ts';
import { inShort } from '../support/long-form.ts';
import { missing } from './judges/at-hand.ts';
import { judgeVeraPdf, type VeraPdfVerdict } from './judges/verapdf.ts';

const SECONDS = 1000;
/** Of seventy; coprime with the number of documents of a flavour, so that each has its turn. */
const SHARE = 6;
/** What one transaction takes. */
const AT_ONCE = 10;
const LOOKS = ['invisible', 'visible', 'twice', 'then invisibly', 'B-LTA', 'B-LTA visible'] as const;
type Look = (typeof LOOKS)[number];

const VISIBLE = {
  page: 1,
  text: ['Signed by Zoë Łódź', 'محمد, דוד'],
  rectangle: { x1: 50, y1: 50, x2: 250, y2: 110 },
};
const reason = missing('Typst') ?? missing('veraPDF');

let directory: string;
let names: string[];
const verdicts = new Map<string, VeraPdfVerdict>();
const keyOf = (name: string, look: Look | 'before'): string => `${look}/${name}`;

async function signPlainly(cms: (tbs: Buffer) => Buffer): Promise<void> {
  for (const name of names) {
    const before = readFileSync(join(directory, 'before', name));
    const visible = { ...VISIBLE, qrCode: 'https://sign.example/verify', typefaces };
    const once = (await sign(before, { cms, visible })).bytes;
    const above = { ...visible, rectangle: { x1: 50, y1: 150, x2: 250, y2: 210 } };
    const files = {
      invisible: (await sign(before, { cms })).bytes,
      visible: once,
      twice: (await sign(once, { cms, visible: above })).bytes,
      'then invisibly': (await sign(once, { cms })).bytes,
    };
    for (const [look, bytes] of Object.entries(files)) writeFileSync(join(directory, look, name), bytes);
  }
}

/** As the desk does, with validation data and a document time stamp. */
async function signForLong(): Promise<void> {
  const sandbox = await startSandbox();
  const { url: serviceUrl, anchor } = sandbox;
  const station = await Station.open({ serviceUrl, anchor, directory: join(directory, 'station') });
  try {
    for (const look of ['B-LTA', 'B-LTA visible'] as const)
      for (let next = 0; next < names.length; next += AT_ONCE) {
        const some = names.slice(next, next + AT_ONCE);
        const documents = some.map((name) => ({
          path: join(directory, 'before', name),
          ...(look === 'B-LTA' ? {} : { options: { visible: { ...VISIBLE, text: ['Signed by {name}'] } } }),
        }));
        const reports = await station.signAll(documents, 'B-LTA');
        for (const [index, name] of some.entries())
          writeFileSync(join(directory, look, name), readFileSync(reports[index]?.file ?? ''));
      }
  } finally {
    await station.close();
    await sandbox.close();
  }
}

describe.skipIf(reason !== undefined && !process.env.CI)(
  `veraPDF says of a signed document what it said before${reason ? ` (skipped: ${reason})` : ''}`,
  () => {
    beforeAll(async () => {
      expect(reason).toBeUndefined();
      directory = await mkdtemp(join(tmpdir(), 'archival-'));
      for (const look of ['before', ...LOOKS]) mkdirSync(join(directory, look));
      const maker = join(import.meta.dirname, 'judges/typst/make.py');
      execFileSync(TYPST_PYTHON, [maker, join(directory, 'before')]);
      names = inShort(readdirSync(join(directory, 'before')).sort(), SHARE);
      await signPlainly(opensslSigner());
      await signForLong();
      const files = (['before', ...LOOKS] as const).flatMap((look) =>
        names.map((name) => ({ key: keyOf(name, look), path: join(directory, look, name) })),
      );
      const judged = await judgeVeraPdf(files);
      for (const [index, verdict] of judged.entries()) verdicts.set(files[index]?.key ?? '', verdict);
    }, 600 * SECONDS);
    afterAll(() => rm(directory, { recursive: true, force: true }));

    it('what is signed here is what it claims to be', () => {
      for (const name of names) {
        const claimed = basename(name)
          .split(' ')[0]
          ?.replaceAll('-', '')
          .replaceAll(/\ba(?=\d)/gu, '');
        expect(verdicts.get(keyOf(name, 'before'))).toMatchObject({ part: claimed, compliant: true });
      }
    });

    it.each(LOOKS)('%s', async (look) => {
      for (const name of names) {
        const { part } = verdicts.get(keyOf(name, 'before')) ?? expect.unreachable();
        const said = look === 'twice' && (await isToldBefore(join(directory, 'visible', name)));
        // ISO 14289-1 §7.18.4: a field that is seen is part of the structure, which the first signature covers.
        const failures = said ? ['7.18.4-1'] : [];
        expect(verdicts.get(keyOf(name, look)), name).toMatchObject({ part, compliant: !said, failures });
      }
    });
  },
);

async function isToldBefore(path: string): Promise<boolean> {
  const document = await openPdf(memorySource(readFileSync(path)));
  const notes = await describeDocument(document, await inspectForSigning(document));
  return notes.some(({ code }) => code === 'pdfUaSigned');
}
