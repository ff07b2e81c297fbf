/** What a hostile document says about itself, in everything that the product writes for people. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasRightToLeft } from '../../src/base/untrusted-text.ts';
import type { SealedRecord } from '../../src/contract/model/evidence.ts';
import type { VerificationReport } from '../../src/contract/model/verification.ts';
import {
  etsiReport,
  verifyFile,
  writeEvidenceReport,
  writeVerificationReport,
} from '../../src/optimizer/index.ts';
import { certificatesFromPem } from '../../src/pki/index.ts';
import { FORGERIES, hostileText, RAW_HOSTILE } from '../support/hostile-text.ts';
import { jsonLines, oneshot } from './command-line.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';
import { Station } from './station.ts';

const ROOT = join(import.meta.dirname, '../..');
const FONTS = join(ROOT, 'resources/fonts');
const forged = (name: string): string => join(ROOT, 'test/forged', name);
const ANCHOR = forged('anchor-f.pem');

let directory: string;
let sandbox: Sandbox;
let records: readonly SealedRecord[];
let report: VerificationReport;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'untrusted-'));
  sandbox = await startSandbox();
  const station = await Station.open({ serviceUrl: sandbox.url, anchor: sandbox.anchor, directory });
  const options = { reason: FORGERIES[1], location: FORGERIES[2] };
  const [signed] = await station.signAll([{ path: join(ROOT, 'test/corpus/pdftex.pdf'), options }], 'B-T');
  const [open] = await station.optimizer.list();
  records = await station.optimizer.evidence(open?.id ?? '');
  await station.close();
  if (!signed) throw new Error('not signed');
  report = await verifyFile(signed.file, { anchors: certificatesFromPem(sandbox.anchor), at: new Date() });
});
afterAll(async () => {
  await sandbox?.close();
  rmSync(directory, { recursive: true });
});

/** Without the breaks that the output makes itself. */
const raw = (output: string): string | undefined => RAW_HOSTILE.exec(output.replaceAll(/[\n\f]/g, ''))?.[0];

/** The same with hostile text in every place that is no code, time, number, hash or id of our own. */
function poisoned<T>(value: T, text: string, key = ''): T {
  if (typeof value === 'string') return (OURS.test(key) || DATA.test(value) ? value : text) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => poisoned(one, text, key)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inside]) => [name, poisoned(inside as unknown, text, name)]),
  ) as T;
}
const OURS =
  /^(kind|outcome|verdict|level|levelAsked|mode|type|language|name:check|country|indication|subIndication|wordingVersion|algorithm|digestAlgorithm|code|coverage)$/;
const DATA = /^(\d{4}-\d\d-\d\dT.*|[0-9a-f]{16,}|[A-Za-z0-9+/]{40,}={0,2}|(tx|req)_\w+|sha\d{3})$/;
const withText = (given: VerificationReport, text: string): VerificationReport => {
  const named = poisoned(given, text);
  const checksOf = (checks: VerificationReport['checks'], own: VerificationReport['checks']) =>
    checks.map((check, index) => ({ ...check, name: own[index]?.name ?? check.name }));
  return {
    ...named,
    checks: checksOf(named.checks, given.checks),
    signatures: named.signatures.map((one, index) => ({
      ...one,
      checks: checksOf(one.checks, given.signatures[index]?.checks ?? []),
      digest: given.signatures[index]?.digest,
    })) as VerificationReport['signatures'],
  };
};

function printed(pdf: Uint8Array): { text: string; facts: string } {
  const path = join(directory, 'printed.pdf');
  writeFileSync(path, pdf);
  const run = (program: string, ...args: string[]) => execFileSync(program, args, { encoding: 'utf8' });
  return { text: run('pdftotext', path, '-'), facts: run('pdfinfo', path) };
}

describe('`oneshot verify`', () => {
  it.each(['terminalInjection.pdf', 'fieldInjection.pdf'])(
    'cannot be made to say more by %s',
    async (name) => {
      const { stdout, stderr } = await oneshot(['verify', forged(name), '--anchor', ANCHOR]);
      expect(raw(stdout + stderr)).toBeUndefined();
      const lines = stdout.trimEnd().split('\n');
      // One line for the file, one for its signature, the checks, and until when it is protected: each of them ours.
      const [file, signature, ...others] = lines;
      expect(file).toMatch(/^\S.*: valid$/);
      expect(signature).toMatch(/^ {2}\S.*: valid, signed by /);
      const isOurs = /^ {4}[+X?-] [A-Z].*\.$|^ {2}Proves this until [\d-]+; then ends: .*\.$/;
      for (const line of others) expect(line).toMatch(isOurs);
      expect(others.filter((line) => line.startsWith('  Proves'))).toHaveLength(1);
    },
  );

  it.each(['terminalInjection.pdf', 'fieldInjection.pdf'])(
    'says the same of %s to a program',
    async (name) => {
      const response = await oneshot(['verify', forged(name), '--anchor', ANCHOR, '--json']);
      expect(raw(response.stdout)).toBeUndefined();
      const [line] = jsonLines(response) as unknown as VerificationReport[];
      const [{ signer = '', field = '' } = {}] = line?.signatures ?? [];
      expect(`${signer}${field}`).toContain('\n');
    },
  );

  it.each(['terminalInjection.pdf', 'fieldInjection.pdf'])('writes XML of %s without them', async (name) => {
    const { stdout } = await oneshot(['verify', forged(name), '--anchor', ANCHOR, '--report', 'etsi']);
    expect(stdout).toContain('<ValidationReport');
    expect(raw(stdout)).toBeUndefined();
  });

  it('escapes the names of files, also those that cannot be read and those that look like options', async () => {
    const name = 'x\u001b[2K\r\nvalid.pdf\u202e';
    for (const command of [
      ['verify', join(directory, name), '--anchor', ANCHOR],
      ['inspect', join(directory, name)],
      ['augment', join(directory, name), '--anchor', ANCHOR, '--out', directory],
      ['inspect', `--${name}`],
      ['evidence', 'check', join(directory, name), '--data', directory],
    ]) {
      const { stdout, stderr } = await oneshot(command);
      expect(stdout + stderr).toContain('\\u{1b}[2K');
      expect(raw(stdout + stderr), command.join(' ')).toBeUndefined();
      expect((stdout + stderr).split('\n').filter((line) => line.startsWith('valid.pdf'))).toEqual([]);
    }
  });
});

describe('reports', () => {
  it('in XML have none of them, whatever a document says', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const xml = etsiReport(withText(report, text));
        expect(raw(xml)).toBeUndefined();
        expect(xml.trimEnd().split('\n')).toHaveLength(2);
      }),
    );
  });

  // A program that reads PDFs marks directions by itself: text from right to left is for the windows' tests.
  const leftToRight = hostileText.filter((text) => !hasRightToLeft(text));

  it('on paper about a transaction have none of them, in their text and their properties', async () => {
    await fc.assert(
      fc.asyncProperty(leftToRight, async (text) => {
        const pdf = await writeEvidenceReport(poisoned(records, `Ana ${text}`), 'en', FONTS);
        const { text: read, facts } = printed(pdf);
        expect(read).toContain('Ana');
        expect(raw(read + facts)).toBeUndefined();
      }),
      { numRuns: 12 },
    );
  });

  it('on paper about a verification have none of them', async () => {
    await fc.assert(
      fc.asyncProperty(leftToRight, async (text) => {
        const file = { name: `Ana ${text}`, sha256: '0'.repeat(64), checkedAt: new Date().toISOString() };
        const verified = { ...file, report: withText(report, `Ana ${text}`), sandbox: true };
        const { text: read, facts } = printed(await writeVerificationReport(verified, 'en', FONTS));
        expect(read).toContain('Ana');
        expect(raw(read + facts)).toBeUndefined();
      }),
      { numRuns: 12 },
    );
  });
});

it('nothing writes to a terminal but what escapes', () => {
  const allowed = new Set(['cli/terminal.ts', 'service/main.ts']);
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts') && !allowed.has(name))
    .filter((name) =>
      /\bconsole\.\w|process\.(stdout|stderr)\.write/.test(readFileSync(join(ROOT, 'src', name), 'utf8')),
    );
  expect(sources).toEqual([]);
});
