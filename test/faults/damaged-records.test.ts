import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { EvidenceArchive } from '../../src/optimizer/index.ts';
import { oneshot } from '../integration/command-line.ts';
import { type Sandbox, startSandbox } from '../integration/sandbox.ts';
import { Station } from '../integration/station.ts';

const DOCUMENT = { path: join(import.meta.dirname, '../corpus/pdftex.pdf') };

let sandbox: Sandbox;
let directory: string;
let station: Station;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
const open = () => Station.open({ serviceUrl: sandbox.url, anchor: sandbox.anchor, directory });
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'damaged-'));
  station = await open();
  return async () => {
    await station.close();
    await rm(directory, { recursive: true });
  };
});

const folderOf = (id: string): string => join(directory, 'station', 'transactions', id);
const journalOf = (id: string): string => join(folderOf(id), 'journal.jsonl');

async function reopen(): Promise<void> {
  await station.close();
  station = await open();
}

/** What `resume` says of each that stands. */
async function standing(): Promise<Record<string, string>> {
  const codes: Record<string, string> = {};
  await station.optimizer.resume({ onStanding: (id, { code }) => Object.assign(codes, { [id]: code }) });
  return codes;
}

async function alterLine(id: string): Promise<void> {
  const text = await readFile(journalOf(id), 'utf8');
  await writeFile(journalOf(id), text.replace('"at":"2', '"at":"3'));
}

it('one altered journal is named, and the others are listed, resumed, sealed and removed', async () => {
  await station.signAll([DOCUMENT]);
  const [signed] = await station.optimizer.list();
  const altered = await station.review([DOCUMENT]);
  const interrupted = await station.review([DOCUMENT]);
  const code = await station.receiveCode(interrupted);
  await station.optimizer.sign(interrupted.id, { type: 'otp', code });
  await station.optimizer.close();
  await alterLine(altered.id);
  station = await open();

  expect(await standing()).toEqual({ [altered.id]: 'OSS_JOURNAL_DAMAGED' });
  const ids = (await station.optimizer.list()).map(({ id }) => id).sort();
  expect(ids).toEqual([signed?.id, interrupted.id].sort());
  expect((await station.optimizer.get(interrupted.id)).state).toBe('delivered');
  await expect(station.optimizer.get(altered.id)).rejects.toMatchObject({ code: 'OSS_JOURNAL_DAMAGED' });
  expect(await station.optimizer.removeEnded(new Date())).toBeGreaterThanOrEqual(2);
});

it('the command line names it too, and ends with 1', async () => {
  const { id } = await station.review([DOCUMENT]);
  await station.optimizer.cancel(id);
  const altered = await station.review([DOCUMENT]);
  await station.optimizer.close();
  await alterLine(altered.id);
  const list = await oneshot(['evidence', 'list', '--data', directory, '--json']);
  expect(list.stdout).toContain(id);
  const resumed = await oneshot(['resume', '--data', directory, '--json']);
  expect(resumed.code).toBe(1);
  expect(resumed.stdout).toMatch(new RegExp(`${altered.id}.*OSS_JOURNAL_DAMAGED`));
  station = await open();
});

it('a record of a newer version outlives an older one, retention included', async () => {
  const { id } = await station.review([DOCUMENT]);
  const { createHash } = await import('node:crypto');
  const json = JSON.stringify({ at: new Date().toISOString(), event: { type: 'notarised' } });
  await appendFile(
    journalOf(id),
    `${createHash('sha256').update(json).digest('hex').slice(0, 16)} ${json}\n`,
  );
  await reopen();
  const before = await readFile(journalOf(id));
  expect(await standing()).toEqual({ [id]: 'OSS_JOURNAL_UNKNOWN' });
  await station.optimizer.removeEnded(new Date(Date.now() + 1e9));
  expect(await readFile(journalOf(id))).toEqual(before);
});

it('a damaged evidence record is never left out without a word', async () => {
  await station.signAll([DOCUMENT]);
  await station.signAll([DOCUMENT]);
  const path = join(directory, 'station', 'evidence', '0000000001.json');
  await writeFile(path, 'torn');
  const archive = new EvidenceArchive(join(directory, 'station'));
  await expect(archive.list()).rejects.toMatchObject({ code: 'OSS_EVIDENCE_DAMAGED' });
  const left: number[] = [];
  const listed = await archive.list((sequence) => left.push(sequence));
  expect([left, listed.map(({ record }) => record.sequence)]).toEqual([[1], [2]]);
  const { code, stderr } = await oneshot(['evidence', 'list', '--data', directory]);
  expect(code).toBe(1);
  expect(stderr).toContain('record 1 cannot be read');
});

it('a kill between the end of a transaction and its clearing up leaves no document behind', async () => {
  await station.signAll([DOCUMENT]);
  const [transaction] = await station.optimizer.list();
  const id = transaction?.id ?? '';
  await station.optimizer.close();
  // As the killed process left it: the journal says `delivered`, the documents are there, no index tells of it.
  await writeFile(join(folderOf(id), '0.pdf'), await readFile(DOCUMENT.path));
  await rm(join(directory, 'station', 'transactions.index'));
  station = await open();
  await station.optimizer.resume();
  expect(await readdir(folderOf(id))).toEqual(['journal.jsonl']);
});

it('an import that was killed before its first whole line is removed', async () => {
  for (const [id, journal] of Object.entries({
    tx_aaaaaaaaaaaaaaaaaaaaaaaa: '',
    tx_bbbbbbbbbbbbbbbbbbbbbbbb: '0123 {"at',
  })) {
    await mkdir(folderOf(id), { recursive: true });
    await writeFile(journalOf(id), journal);
    await writeFile(join(folderOf(id), '0.pdf'), await readFile(DOCUMENT.path));
  }
  expect(await standing()).toEqual({});
  expect(await readdir(join(directory, 'station', 'transactions'))).toEqual([]);
});

it('the index is derived: without it, or with a false one, the journals say what is so', async () => {
  const { id } = await station.review([DOCUMENT]);
  await station.optimizer.cancel(id);
  const index = join(directory, 'station', 'transactions.index');
  expect(await readFile(index, 'utf8')).toMatch(new RegExp(`^${id} \\d+ \\d+ [\\d.]+\n$`));
  const open1 = await station.review([DOCUMENT]);
  await appendFile(index, `${open1.id} 1 2 3\ngarbage\n`);
  await reopen();
  expect((await station.optimizer.resume()).map((transaction) => transaction.id)).toEqual([open1.id]);
  await station.optimizer.close();
  await rm(index);
  station = await open();
  expect((await station.optimizer.resume()).map((transaction) => transaction.id)).toEqual([open1.id]);
  expect((await station.optimizer.list()).map((transaction) => transaction.id).sort()).toEqual(
    [id, open1.id].sort(),
  );
});
