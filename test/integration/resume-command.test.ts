import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SANDBOX_OFFICER } from '../../src/service/index.ts';
import { jsonLines, oneshot } from './command-line.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';
import { Station } from './station.ts';

const corpus = (name: string): string => join(import.meta.dirname, '../corpus', name);

let sandbox: Sandbox;
let directory: string;
let station: Station;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'resume-'));
  station = await Station.open({ serviceUrl: sandbox.url, anchor: sandbox.anchor, directory });
  return async () => {
    await station.close();
    await rm(directory, { recursive: true, force: true });
  };
});

const where = (data = directory): string[] => [
  ...['--service', sandbox.url, '--user', SANDBOX_OFFICER.username],
  ...['--data', data, '--json'],
];

/** A file where the folder for signed documents was. */
async function breakFolder(): Promise<void> {
  await rm(station.output, { recursive: true });
  await writeFile(station.output, '');
}

async function mendFolder(): Promise<void> {
  await rm(station.output);
  await mkdir(station.output);
}

/** Signed, while its folder went away. @returns the id */
async function stranded(document: string): Promise<string> {
  const transaction = await station.review([{ path: corpus(document) }]);
  const code = await station.receiveCode(transaction);
  await station.optimizer.sign(transaction.id, { type: 'otp', code });
  await breakFolder();
  await expect(station.optimizer.deliver(transaction.id)).rejects.toMatchObject({
    code: 'OSS_FILE_WRITE_FAILED',
  });
  return transaction.id;
}

describe('the folder for what is signed', () => {
  it('is tried before a code is sent, and again before it is used', async () => {
    const transaction = await station.review([{ path: corpus('pdftex.pdf') }]);
    const { id, registration } = transaction;
    await breakFolder();
    const unusable = { code: 'OSS_FOLDER_UNUSABLE', details: { folder: station.output } };
    await expect(station.optimizer.sendCode(id)).rejects.toMatchObject(unusable);
    expect(await station.service.sandboxInbox?.messages(registration?.requestId ?? '')).toEqual([]);
    await mendFolder();
    const code = await station.receiveCode(transaction);
    await breakFolder();
    const authorisation = { type: 'otp', code } as const;
    await expect(station.optimizer.sign(id, authorisation)).rejects.toMatchObject(unusable);
    await mendFolder();
    await station.optimizer.sign(id, authorisation);
    await station.optimizer.deliver(id);
    expect(await readdir(station.output)).toEqual(['pdftex-signed.pdf']);
  });
});

describe('oneshot resume', () => {
  it('says of each transaction why it stands and ends with 1, until nothing does', async () => {
    const waiting = await station.review([{ path: corpus('libreoffice.pdf') }]);
    const sent = await station.review([{ path: corpus('chromium.pdf') }]);
    const { reference } = await station.optimizer.sendCode(sent.id);
    const signed = await stranded('pdftex.pdf');
    await station.close();

    const first = await oneshot(['resume', ...where()]);
    expect(first.code).toBe(1);
    const reasons = Object.fromEntries(
      jsonLines(first).map(({ transaction, reason }) => [transaction, reason]),
    );
    expect(reasons).toEqual({
      [waiting.id]: expect.stringContaining('no code has been sent'),
      [sent.id]: expect.stringContaining(reference),
      [signed]: expect.stringMatching(new RegExp(`${station.output}|could not be written.*--out`)),
    });

    const out = join(directory, 'elsewhere');
    const second = await oneshot(['resume', '--out', out, '--cancel-open', ...where()]);
    expect(second.code, second.stderr).toBe(0);
    expect(jsonLines(second)).toContainEqual(
      expect.objectContaining({ transaction: signed, state: 'delivered' }),
    );
    expect(await readdir(out)).toEqual(['pdftex-signed.pdf']);
    expect((await oneshot(['resume', ...where()])).code).toBe(0);
  }, 120_000);

  it.each([
    ['the REST API keeps its own', 'optimizer', ''],
    ['the directory of the records is named itself', 'optimizer', 'optimizer'],
    ['a copy has another name', 'copy', 'copy'],
  ])(
    'and evidence work where %s',
    async (_name, folder, named) => {
      const signed = await stranded('pdftex.pdf');
      await station.close();
      const data = join(directory, 'data');
      await cp(join(directory, 'station'), join(data, folder), { recursive: true });
      const out = join(directory, 'elsewhere');
      const resumed = await oneshot(['resume', '--out', out, ...where(join(data, named))]);
      expect(resumed.code, resumed.stderr).toBe(0);
      expect(await readdir(out)).toEqual(['pdftex-signed.pdf']);
      const listed = await oneshot(['evidence', 'list', '--data', join(data, named), '--json']);
      expect(jsonLines(listed)).toMatchObject([{ transaction: signed, outcome: 'signed' }]);
      expect((await oneshot(['evidence', 'check', '--data', join(data, named)])).code).toBe(0);
    },
    120_000,
  );

  it.each([[['resume']], [['evidence', 'list']], [['evidence', 'check']]])(
    '%j: a mistyped directory is not taken for an empty one',
    async (command) => {
      const data = join(directory, 'mistyped');
      const { code, stderr } = await oneshot([...command, '--data', data]);
      expect(code).toBe(1);
      expect(stderr).toContain(data);
    },
    60_000,
  );

  it('a second program on one data directory says which directory, and who has it', async () => {
    const arguments_ = ['sign', corpus('pdftex.pdf'), '--out', join(directory, 'out'), '--otp', 'sandbox'];
    arguments_.push(
      ...['--given-name', 'Ada', '--surname', 'Lovelace', '--id-type', 'PAS', '--id-country', 'GB'],
    );
    arguments_.push(...['--id-number', '533401372', '--email', 'ada@example.com', '--phone', '+34600111222']);
    arguments_.push('--language', 'en');
    // Against a service elsewhere, and with an embedded one, whose database would be taken too.
    for (const service of [where(), ['--data', directory]]) {
      const { code, stderr } = await oneshot([...arguments_, ...service]);
      expect(code).toBe(1);
      expect(stderr).toContain(join(directory, 'station'));
      expect(stderr).toMatch(new RegExp(`process ${process.pid}, since 20.*\\n.*\\[OSS_DATA_IN_USE\\]`));
    }
  }, 60_000);
});
