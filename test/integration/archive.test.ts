import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { COMMAND_LINE } from '../../scripts/build.mjs';
import { proveFiles, sourcesFor, verifyFile } from '../../src/optimizer/index.ts';
import { certificatesFromPem } from '../../src/pki/index.ts';
import { freePort } from '../support/local-server.ts';
import { isLongForm } from '../support/long-form.ts';
import { jsonLines, oneshot } from './command-line.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';
import { Station } from './station.ts';

const CORPUS = join(import.meta.dirname, '../corpus');
const YEAR = 365.25 * 24 * 60 * 60 * 1000;
/** The certificates of the sandbox's time-stamp authority last ten years: so old files end within days. */
const AGE = 9.95 * YEAR;
const FILES = isLongForm ? 1000 : 24;

let base: string;
let sandbox: Sandbox;
let anchor: string;
/** B-LTA, signed nearly ten years ago. */
let old: Buffer;
let archive: string;
/** Signed then at B-LT and given evidence records then. */
let proven: string;
let firstProof: Awaited<ReturnType<typeof proveFiles>>;

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'archive-'));
  const directory = join(base, 'service');
  await mkdir(directory);
  const publicPort = await freePort();
  const then = () => new Date(Date.now() - AGE);
  const past = await startSandbox({ directory, publicPort, clock: then });
  const station = await Station.open({
    ...{ serviceUrl: past.url, anchor: past.anchor, directory: join(base, 'station'), now: then },
  });
  const [report] = await station.signAll([{ path: join(CORPUS, 'libreoffice.pdf') }], 'B-LTA');
  old = await readFile(report?.file ?? '');
  const [plain] = await station.signAll([{ path: join(CORPUS, 'pdftex.pdf') }], 'B-LT');
  proven = join(base, 'proven');
  await mkdir(join(proven, 'below'), { recursive: true });
  for (const name of ['a.pdf', 'b.pdf', 'below/c.pdf']) await copyFile(plain?.file ?? '', join(proven, name));
  await copyFile(join(CORPUS, 'reportlab.pdf'), join(proven, 'not signed.pdf'));
  const anchors = certificatesFromPem(past.anchor);
  const timestampUrls = [`${past.publicUrl}/tsa`];
  const sources = sourcesFor(anchors, timestampUrls);
  firstProof = await proveFiles(proven, {
    ...{ anchors, timestampUrls, sources, timestampDigest: 'sha256', margin: 0, now: then },
    onTrouble: (path, error) => expect.fail(`${path}: ${error.message}`),
  }).finally(() => sources.close());
  await station.close();
  await past.close();
  sandbox = await startSandbox({ directory, publicPort });
  anchor = join(base, 'anchor.pem');
  await writeFile(anchor, sandbox.anchor);
});
afterAll(async () => {
  await sandbox.close();
  await rm(base, { recursive: true });
});
beforeEach(async () => {
  archive = await mkdtemp(join(base, 'archive-'));
});

const args = (...more: readonly string[]): string[] => [
  ...['archive', 'watch', archive, '--once', '--json', '--anchor', anchor],
  ...['--tsa', `${sandbox.publicUrl}/tsa`, ...more],
];

const judged = (path: string) =>
  verifyFile(join(archive, path), { anchors: certificatesFromPem(sandbox.anchor), at: new Date() });

/** Everything in the archive but what its care keeps. */
const names = async (): Promise<string[]> =>
  (await readdir(archive, { recursive: true })).filter((name) => !name.startsWith('.oneshot-archive')).sort();

describe('an archive that is looked after', () => {
  it('renews what ends under its own name, and says what it could not', async () => {
    await mkdir(join(archive, '2016/branch 7'), { recursive: true });
    await writeFile(join(archive, 'contract.pdf'), old);
    await writeFile(join(archive, '2016/branch 7/Zoë.PDF'), old);
    const altered = Buffer.from(old);
    altered.writeUInt8(altered.readUInt8(400) ^ 1, 400);
    await writeFile(join(archive, 'altered.pdf'), altered);
    await copyFile(join(CORPUS, 'reportlab.pdf'), join(archive, 'not signed.pdf'));
    await copyFile(join(CORPUS, 'x-notpdf.pdf'), join(archive, 'no document.pdf'));
    // As a killed renewal leaves it.
    await writeFile(join(archive, `.renewing-${randomUUID()}`), old.subarray(0, 1000));
    await writeFile(join(archive, '.renewing-by-hand'), 'of a person');
    const before = (await names()).filter((name) => !/renewing-[0-9a-f]{8}-/.test(name));

    const down = ['--tsa', `http://127.0.0.1:${await freePort()}/`];
    const table = join(base, 'ledger.csv');
    const [program, folder, ...rest] = args('--ledger', table);
    const first = await oneshot([
      program ?? '',
      folder ?? '',
      ...rest.slice(0, 1),
      ...down,
      ...rest.slice(1),
    ]);
    expect(first.code, first.stderr + first.stdout).toBe(0);
    expect(jsonLines(first).at(-1)).toMatchObject({
      verdicts: { valid: 2, invalid: 1, unsigned: 1, unread: 1 },
      ...{ renewed: 2, notRenewed: 0, vanished: 0, troubles: 2 },
    });
    expect(await names()).toEqual(before);
    for (const path of ['contract.pdf', '2016/branch 7/Zoë.PDF']) {
      const bytes = await readFile(join(archive, path));
      expect(bytes.subarray(0, old.length).equals(old)).toBe(true);
      const report = await judged(path);
      expect(report).toMatchObject({ verdict: 'valid', signatures: [{ level: 'B-LTA' }] });
      expect(report.documentTimestamps).toHaveLength(2);
      expect(new Date(report.protection?.until ?? 0).getTime()).toBeGreaterThan(Date.now() + 9 * YEAR);
    }
    const rows = (await readFile(table, 'utf8')).trimEnd().split('\r\n');
    expect(rows).toHaveLength(6);
    expect(rows.find((row) => row.startsWith('contract.pdf'))).toMatch(/,valid,B-LTA,20\d\d-/);

    const { mtimeMs } = await stat(join(archive, 'contract.pdf'));
    await rm(join(archive, '2016'), { recursive: true });
    const second = await oneshot(args());
    expect(second.code).toBe(0);
    expect(jsonLines(second)).toMatchObject([{ renewed: 0, notRenewed: 0, vanished: 1 }]);
    expect((await stat(join(archive, 'contract.pdf'))).mtimeMs).toBe(mtimeMs);
  });

  it('leaves a file as it is where no authority answers, or none lasts long enough, and ends with 1', async () => {
    await writeFile(join(archive, 'contract.pdf'), old);
    const url = `http://127.0.0.1:${await freePort()}/`;
    const silent = ['archive', 'watch', archive, '--once', '--json', '--anchor', anchor, '--tsa', url];
    const [due, summary] = jsonLines(await oneshot(silent));
    expect(due).toMatchObject({ outcome: 'notRenewed', path: 'contract.pdf', verdict: 'valid' });
    expect(due?.trouble).toContain(url);
    expect(summary).toMatchObject({ renewed: 0, notRenewed: 1 });
    // Eleven years are more than the authority has left.
    const short = await oneshot(args('--before', '4018'));
    expect(short.code).toBe(1);
    expect(jsonLines(short)[0]).toMatchObject({
      trouble: expect.stringMatching(/Time-Stamp Unit.* expires on 20\d\d-/),
    });
    expect((await readFile(join(archive, 'contract.pdf'))).equals(old)).toBe(true);
    expect(await names()).toEqual(['contract.pdf']);
  });

  it('makes a damaged ledger again from the files', async () => {
    await writeFile(join(archive, 'contract.pdf'), old);
    expect((await oneshot(args())).code).toBe(0);
    await writeFile(join(archive, '.oneshot-archive/ledger.db'), 'no database');
    const again = await oneshot(args());
    expect(again.code, again.stderr).toBe(0);
    expect(again.stderr).toContain('ledger.db.damaged');
    expect(jsonLines(again)).toMatchObject([{ verdicts: { valid: 1 }, renewed: 0 }]);
  });
});

it(`${FILES} files are renewed by one command that is killed again and again, each once`, {
  timeout: 900_000,
}, async () => {
  const files = Array.from({ length: FILES }, (_, index) => `${index % 7}/contract-${index}.pdf`);
  for (let index = 0; index < 7; index += 1) await mkdir(join(archive, String(index)));
  for (const path of files) await writeFile(join(archive, path), old);
  for (const kill of [3, 5, 8]) await killedAfter(kill);
  const last = await oneshot(args());
  expect(last.code, last.stderr + last.stdout).toBe(0);
  expect(jsonLines(last).at(-1)).toMatchObject({ verdicts: { valid: FILES }, notRenewed: 0 });
  // What a killed command finished is not done again.
  expect(Number(jsonLines(last).at(-1)?.renewed)).toBeLessThanOrEqual(FILES - 16);
  for (const path of files) {
    const report = await judged(path);
    expect(report.verdict).toBe('valid');
    expect(report.documentTimestamps).toHaveLength(2);
  }
  expect((await names()).filter((name) => name.endsWith('.pdf'))).toHaveLength(FILES);
  expect((await names()).filter((name) => name.includes('.renewing'))).toEqual([]);
});

/** SIGKILL as soon as it has told of so many renewed files; others are in the middle of it then. */
async function killedAfter(renewed: number): Promise<void> {
  const child: ChildProcess = spawn(process.execPath, [COMMAND_LINE, ...args()], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let told = 0;
  if (child.stdout) {
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.includes('"renewed"')) told += 1;
      if (told === renewed) child.kill('SIGKILL');
    }
  }
  const [, signal] = await ended;
  expect(signal).toBe('SIGKILL');
}

it('one time stamp proves many files, is renewed with another hash, and carries what has ended in them', async () => {
  expect(firstProof).toEqual({ proven: 4, renewed: 0, kept: 0, troubles: 0, timestamps: 1 });
  const prove = (...more: readonly string[]) =>
    oneshot([
      ...[
        'archive',
        'prove',
        proven,
        '--json',
        '--anchor',
        anchor,
        '--tsa',
        `${sandbox.publicUrl}/tsa`,
        ...more,
      ],
    ]);
  const renewed = await prove('--tsa-digest', 'sha512');
  expect(renewed.code, renewed.stderr + renewed.stdout).toBe(0);
  expect(jsonLines(renewed)).toEqual([{ proven: 0, renewed: 4, kept: 0, troubles: 0, timestamps: 1 }]);
  expect(jsonLines(await prove('--tsa-digest', 'sha512'))).toMatchObject([{ kept: 4, timestamps: 0 }]);

  const file = join(proven, 'below/c.pdf');
  const anchors = certificatesFromPem(sandbox.anchor);
  const evidenceRecord = await readFile(`${file}.ers`);
  const at = new Date(Date.now() + 9 * YEAR);
  expect(await verifyFile(file, { anchors, at })).toMatchObject({ verdict: 'undecided' });
  const report = await verifyFile(file, { anchors, at, evidenceRecord });
  expect(report).toMatchObject({
    ...{ verdict: 'valid', signatures: [{ level: 'B-LT' }], protection: { by: 'timestamp' } },
    evidenceRecord: { verdict: 'valid', timestamps: 2 },
  });
  expect(new Date(report.evidenceRecord?.time ?? 0).getTime()).toBeLessThan(Date.now() - 9 * YEAR);
  expect(report.protection?.until).toBe(report.evidenceRecord?.until);

  const verified = await oneshot(['verify', join(proven, 'a.pdf'), '--anchor', anchor]);
  expect(verified.code, verified.stdout).toBe(0);
  expect(verified.stdout).toContain('as its evidence record proves');
  await copyFile(`${file}.ers`, join(proven, 'not signed.pdf.ers'));
  const bytes = await readFile(join(proven, 'b.pdf'));
  await writeFile(join(proven, 'b.pdf'), Buffer.concat([bytes, Buffer.from('\n')]));
  const changed = jsonLines(await oneshot(['verify', join(proven, 'b.pdf'), '--anchor', anchor, '--json']));
  expect(changed).toMatchObject([
    { verdict: 'invalid', evidenceRecord: { checks: [{ reason: 'hashMismatch' }] } },
  ]);
  const troubled = await prove('--before', '3600');
  expect(troubled.code).toBe(1);
  expect(jsonLines(troubled).flatMap(({ path }) => path ?? [])).toEqual(
    expect.arrayContaining(['b.pdf', 'not signed.pdf']),
  );
});
