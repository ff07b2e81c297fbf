import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../support/local-server.ts';
import { jsonLines, oneshot } from './command-line.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';
import { Station } from './station.ts';

let sandbox: Sandbox;
let directory: string;
let anchor: string;
let signed: string;

beforeAll(async () => {
  sandbox = await startSandbox();
  directory = await mkdtemp(join(tmpdir(), 'augment-'));
  anchor = join(directory, 'anchor.pem');
  await writeFile(anchor, sandbox.anchor);
  const station = await Station.open({ serviceUrl: sandbox.url, anchor: sandbox.anchor, directory });
  const [report] = await station.signAll(
    [{ path: join(import.meta.dirname, '../corpus/pdftex.pdf') }],
    'B-T',
  );
  signed = report?.file ?? '';
  await station.close();
});
afterAll(async () => {
  await sandbox.close();
  await rm(directory, { recursive: true });
});

const augment = (file: string, out: string, ...more: string[]) =>
  oneshot(['augment', file, '--out', join(directory, out), '--anchor', anchor, '--json', ...more]);

it('`oneshot augment` raises a signature, then renews it, and leaves what was there before', async () => {
  const tsa = ['--tsa', `http://127.0.0.1:${await freePort()}/`, '--tsa', `${sandbox.publicUrl}/tsa`];
  let file = signed;
  for (const [level, stamps] of [
    ['B-LT', 0],
    ['B-LTA', 1],
    ['B-LTA', 2],
  ] as const) {
    const raised = await augment(file, `${level}-${stamps}`, '--level', level, ...tsa);
    expect(raised.code, raised.stderr + raised.stdout).toBe(0);
    const [line] = jsonLines(raised);
    const next = String(line?.augmented);
    const before = await readFile(file);
    expect((await readFile(next)).subarray(0, before.length).equals(before)).toBe(true);
    const verified = await oneshot(['verify', next, '--anchor', anchor, '--json']);
    expect(verified.code, verified.stderr).toBe(0);
    const [report] = jsonLines(verified);
    expect(report).toMatchObject({ verdict: 'valid', signatures: [{ level, verdict: 'valid' }] });
    expect(report?.documentTimestamps).toHaveLength(stamps);
    file = next;
  }
});

it('says why where it cannot, and writes nothing', async () => {
  const cases = [
    [signed, [], 'OSS_TIMESTAMP_FAILED'],
    [signed, ['--field', 'Nobody'], 'OSS_LEVEL_NOT_POSSIBLE'],
    [join(import.meta.dirname, '../corpus/signed-once.pdf'), [], 'OSS_LEVEL_NOT_POSSIBLE'],
    [join(import.meta.dirname, '../corpus/pdftex.pdf'), [], 'OSS_PDF_NO_SIGNATURE'],
  ] as const;
  for (const [file, options, code] of cases) {
    const failed = await augment(file, 'nothing', ...options);
    expect(failed.code).toBe(1);
    expect(jsonLines(failed)).toMatchObject([{ error: code }]);
    expect(await readdir(join(directory, 'nothing'))).toEqual([]);
  }
});
