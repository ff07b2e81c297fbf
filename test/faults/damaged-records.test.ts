import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Libsql from 'libsql';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { COMMAND_LINE } from '../../scripts/build.mjs';
import { EvidenceStore } from '../../src/optimizer/evidence/evidence-store.ts';
import { EvidenceArchive, removeEndedRecords } from '../../src/optimizer/index.ts';
import { oneshot } from '../integration/command-line.ts';
import { type Sandbox, startSandbox } from '../integration/sandbox.ts';
import { Station } from '../integration/station.ts';

const DOCUMENT = { path: join(import.meta.dirname, '../corpus/pdftex.pdf') };

let sandbox: Sandbox;
let directory: string;
let station: Station;
let setAside: string[];
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
const open = () =>
  Station.open({
    serviceUrl: sandbox.url,
    anchor: sandbox.anchor,
    directory,
    onSetAside: (name) => void setAside.push(name),
  });
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'damaged-'));
  station = await open();
  return async () => {
    await station.close();
    await rm(directory, { recursive: true });
  };
});

/** As the journal writes it (src/optimizer/journal/journal.ts). */
const lineOf = (json: string): string =>
  `${createHash('sha256').update(json).digest('hex').slice(0, 16)} ${json}\n`;

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
  const json = JSON.stringify({ at: new Date().toISOString(), event: { type: 'notarised' } });
  await appendFile(journalOf(id), lineOf(json));
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

it('too many open files are not "no record": all of the evidence is listed with hardly any', async ({
  skip,
}) => {
  if (process.platform === 'win32') return skip('no ulimit');
  const RECORDS = 250;
  const data = join(directory, 'many');
  const store = new EvidenceStore(data);
  const content = (n: number) => ({
    kind: 'addendum' as const,
    transaction: `tx_${String(n).padStart(24, '0')}`,
    events: [{ at: new Date().toISOString(), type: 'takenBack' as const }],
  });
  for (let n = 0; n < RECORDS; n += 1) await store.append(content(n), 5, () => new Date());
  await store.close();
  await rm(join(data, 'evidence', 'index.db'));
  // Node itself holds up to fifty while it loads the program; far fewer than there are records.
  const command = 'ulimit -n 96; exec "$0" "$@"';
  const list = [process.execPath, COMMAND_LINE, 'evidence', 'list', '--data', data, '--json'];
  const { stdout } = await promisify(execFile)('sh', ['-c', command, ...list], { maxBuffer: 1 << 24 });
  expect(stdout.trim().split('\n')).toHaveLength(RECORDS);
}, 60_000);

it('a kill between the end of a transaction and its clearing up leaves no document behind', async () => {
  await station.signAll([DOCUMENT]);
  const [transaction] = await station.optimizer.list();
  const id = transaction?.id ?? '';
  await station.optimizer.close();
  // As the killed process left it: the journal says `delivered`, the documents are there, no index tells of it.
  await writeFile(join(folderOf(id), '0.pdf'), await readFile(DOCUMENT.path));
  await rm(join(directory, 'station', 'index.db'));
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

it.each([0, 10, 100])(
  'a journal of which %i bytes are left is not taken for an import that never began: it stands, and is named',
  async (left) => {
    const registered = await station.review([DOCUMENT]);
    const signed = await station.review([DOCUMENT]);
    const code = await station.receiveCode(signed);
    await station.optimizer.sign(signed.id, { type: 'otp', code });
    const ended = await station.review([DOCUMENT]);
    await station.optimizer.cancel(ended.id);
    await station.optimizer.close();
    const ids = [registered.id, signed.id, ended.id].sort();
    for (const id of ids) await truncate(journalOf(id), left);
    station = await open();
    expect(await standing()).toEqual(Object.fromEntries(ids.map((id) => [id, 'OSS_JOURNAL_DAMAGED'])));
    await station.optimizer.close();
    // As long as the days of retention are not over.
    expect(await removeEndedRecords(join(directory, 'station'), new Date(Date.now() - 3600_000))).toBe(0);
    expect((await readdir(join(directory, 'station', 'transactions'))).sort()).toEqual(ids);
    station = await open();
  },
);

describe('the index of transactions is derived', () => {
  const indexPath = () => join(directory, 'station', 'index.db');
  let ended: string;
  let standsOpen: string;
  beforeEach(async () => {
    ended = (await station.review([DOCUMENT])).id;
    await station.optimizer.cancel(ended);
    standsOpen = (await station.review([DOCUMENT])).id;
    await station.optimizer.close();
  });

  /** The journals say what is so, whatever the index says. */
  async function expectTruth(): Promise<void> {
    station = await open();
    expect((await station.optimizer.resume()).map(({ id }) => id)).toEqual([standsOpen]);
    const listed = (await station.optimizer.list()).map(({ id, state }) => [id, state]);
    expect(Object.fromEntries(listed)).toEqual({ [ended]: 'cancelled', [standsOpen]: 'reviewed' });
  }

  const alter = (statement: string): void => {
    const database = new Libsql(indexPath());
    database.exec(statement);
    database.close();
  };

  it.each<[string, () => unknown]>([
    ['without it', () => rm(indexPath())],
    ['with an empty one', () => truncate(indexPath())],
    ['where it says of an open one that it has ended', () => alter('UPDATE journal SET ended = 1, size = 2')],
    ['where it says of none that it has ended', () => alter('UPDATE journal SET ended = NULL')],
    ['where it knows none', () => alter('DELETE FROM journal; DELETE FROM folder')],
    ['where it is of another version', () => alter('DROP TABLE journal; PRAGMA user_version = 900')],
    [
      'beside the index of an earlier version',
      () => writeFile(join(directory, 'station', 'transactions.index'), `${standsOpen} 1 2 3`),
    ],
    ['where a folder has its name', () => rm(indexPath()).then(() => mkdir(indexPath()))],
  ])('%s the journals say what is so', async (_, damage) => {
    await damage();
    await expectTruth();
  });

  it.each<[string, () => unknown]>([
    ['other bytes', () => writeFile(indexPath(), 'no database '.repeat(1000))],
    ['tables of somebody else', () => alter('ALTER TABLE journal RENAME TO diary')],
    [
      'pages that were overwritten',
      async () => {
        const bytes = await readFile(indexPath());
        await writeFile(indexPath(), bytes.fill(0x41, 4096));
      },
    ],
  ])('one that is damaged is named, set aside and made again: %s', async (_, damage) => {
    await damage();
    const damaged = await readFile(indexPath());
    setAside = [];
    await expectTruth();
    expect(setAside).toEqual(['index.db']);
    expect(await readFile(`${indexPath()}.damaged`)).toEqual(damaged);
    await station.optimizer.close();
    setAside = [];
    await expectTruth();
    expect(setAside).toEqual([]);
  });

  it('where it lies in every word, retention removes nothing that its own journal does not say is over', async () => {
    const { size, mtimeMs } = await stat(journalOf(standsOpen));
    alter(`UPDATE journal SET ended = 1, size = ${size}, modified = ${mtimeMs} WHERE id = '${standsOpen}'`);
    station = await open();
    expect(await station.optimizer.removeEnded(new Date(1000))).toBe(0);
    expect((await station.optimizer.resume()).map(({ id }) => id)).toEqual([standsOpen]);
    expect(await station.optimizer.removeEnded(new Date(Date.now() + 1000))).toBe(1);
    expect(await readdir(join(directory, 'station', 'transactions'))).toEqual([standsOpen]);
  });

  it('folders that came and went without it are found', async () => {
    const copy = 'tx_cccccccccccccccccccccccc';
    await cp(folderOf(standsOpen), folderOf(copy), { recursive: true });
    const journal = (await readFile(journalOf(copy), 'utf8')).split('\n').filter((line) => line !== '');
    const renamed = journal.map((line) => lineOf(line.slice(17).replaceAll(standsOpen, copy)));
    await writeFile(journalOf(copy), renamed.join(''));
    await rm(folderOf(ended), { recursive: true });
    station = await open();
    expect((await station.optimizer.list()).map(({ id }) => id).sort()).toEqual([copy, standsOpen].sort());
  });

  it('a journal that another version continued is read again', async () => {
    await appendFile(
      journalOf(ended),
      lineOf(
        JSON.stringify({
          at: new Date().toISOString(),
          event: { type: 'act', act: { type: 'takenBack' } },
        }),
      ),
    );
    station = await open();
    await station.optimizer.resume();
    expect(await station.optimizer.evidence(ended)).toHaveLength(2);
  });
});
