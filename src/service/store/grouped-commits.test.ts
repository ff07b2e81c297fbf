import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import Libsql from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { groupedCommits } from './grouped-commits.ts';

interface Tables {
  entries: { key: string; value: number };
}

let folder: string;
let file: Libsql.Database;
let db: Kysely<Tables>;
/** What ended or began a transaction of the database itself. */
let acts: string[];
/** What takes commits to the disk. */
let flush: () => Promise<void>;
/** Thrown by the next commit, with the transaction rolled back, as a full disk does. */
let failure: Error | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grouped-'));
  file = new Libsql(join(folder, 'test.db'));
  file.prepare('PRAGMA journal_mode = WAL').all();
  file.exec('create table entries (key text primary key, value integer)');
  [acts, failure] = [[], undefined];
  flush = async () => undefined;
  db = new Kysely({
    dialect: groupedCommits({
      prepare(text) {
        const statement = file.prepare(text);
        if (text === 'begin' || text === 'commit') acts.push(text);
        return {
          reader: statement.reader,
          all: (parameters) => statement.all([...parameters]),
          iterate: () => {
            throw new Error('nothing is streamed');
          },
          run(parameters) {
            if (text !== 'commit' || failure === undefined) return statement.run([...parameters]);
            file.exec('rollback');
            throw failure;
          },
        };
      },
      get inTransaction() {
        return file.inTransaction;
      },
      flush: () => flush(),
      close: () => file.close(),
    }),
  });
});
afterEach(async () => {
  await db.destroy();
  await rm(folder, { recursive: true });
});

const insert = (key: string, value = 1) => db.insertInto('entries').values({ key, value }).execute();
const transaction = (key: string, fail = false) =>
  db.transaction().execute(async (inside) => {
    await inside.insertInto('entries').values({ key, value: 1 }).execute();
    await new Promise<void>((resolve) => setImmediate(resolve));
    await inside.updateTable('entries').set({ value: 2 }).where('key', '=', key).execute();
    if (fail) throw new Error('on second thoughts');
  });
/** Past everything of ours: what another process would see. */
const onDisk = (): unknown[] =>
  new Libsql(join(folder, 'test.db')).prepare('select key, value from entries order by key').all();

describe('commits in groups', () => {
  it('take many transactions and statements to the disk together', async () => {
    await Promise.all([transaction('a'), insert('b'), transaction('c'), insert('d'), transaction('e')]);
    expect(acts).toEqual(['begin', 'commit']);
    expect(onDisk()).toHaveLength(5);
  });

  it('let one that fails take nothing else with it', async () => {
    const outcomes = await Promise.allSettled([
      transaction('a'),
      transaction('b', true),
      insert('a'),
      transaction('c'),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(onDisk()).toEqual([
      { key: 'a', value: 2 },
      { key: 'c', value: 2 },
    ]);
  });

  it('answer nothing before it is on the disk, what was read included', async () => {
    const seen: unknown[][] = [];
    const read = async () => {
      const rows = await db.selectFrom('entries').selectAll().execute();
      seen.push(rows, onDisk());
    };
    const work = transaction('a').then(() => seen.push([{ key: 'a', value: 2 }], onDisk()));
    await Promise.all([work, read(), read()]);
    for (let n = 0; n < seen.length; n += 2) expect(seen[n + 1]).toEqual(seen[n]);
    expect(seen).toHaveLength(6);
  });

  it('fail for everyone when the disk does, and go on afterwards', async () => {
    failure = new Error('the disk is full');
    const outcomes = await Promise.allSettled([transaction('a'), insert('b'), transaction('c')]);
    expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason)).toEqual([
      failure,
      failure,
      failure,
    ]);
    failure = undefined;
    await transaction('a');
    expect(onDisk()).toEqual([{ key: 'a', value: 2 }]);
  });

  it('hold nobody up while they are on their way to the disk, and are answered when they are there', async () => {
    const arrived: (() => void)[] = [];
    const begun: (() => void)[] = [];
    const begins = () => new Promise<void>((resolve) => begun.push(resolve));
    flush = () => {
      begun.shift()?.();
      return new Promise((resolve) => arrived.push(resolve));
    };
    const answered: string[] = [];
    const note = (name: string) => () => answered.push(name);
    const first = begins();
    const work = [insert('a').then(note('a'))];
    await first;
    const second = begins();
    // What has only just been committed is not told either.
    work.push(transaction('b').then(note('b')), insert('c').then(note('c')));
    work.push(db.selectFrom('entries').selectAll().execute().then(note('read')));
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(answered).toEqual([]);
    arrived.shift()?.();
    await second;
    expect(answered).toEqual(expect.arrayContaining(['a']));
    expect(answered).not.toContain('b');
    arrived.shift()?.();
    await Promise.all(work);
    expect(acts).toEqual(['begin', 'commit', 'begin', 'commit']);
    flush = async () => undefined;
  });

  it('answer nothing more once the disk has not taken what was committed', async () => {
    const broken = new Error('input/output error');
    flush = () => Promise.reject(broken);
    await expect(Promise.all([insert('a'), insert('b')])).rejects.toBe(broken);
    flush = async () => undefined;
    await expect(insert('c')).rejects.toBe(broken);
    await expect(transaction('d')).rejects.toBe(broken);
    await expect(db.selectFrom('entries').selectAll().execute()).rejects.toBe(broken);
    await expect(insert('e')).rejects.toBe(broken);
  });

  it('keep what reads see apart from transactions under way', async () => {
    const counts: unknown[] = [];
    const long = db.transaction().execute(async (inside) => {
      await inside.insertInto('entries').values({ key: 'long', value: 1 }).execute();
      for (let turn = 0; turn < 20; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
      await inside.deleteFrom('entries').where('key', '=', 'long').execute();
    });
    const read = async () => counts.push((await sql`select count(*) as n from entries`.execute(db)).rows[0]);
    await Promise.all([long, read(), read()]);
    expect(counts).toEqual([{ n: 0 }, { n: 0 }]);
  });

  it('are written before the file is closed', async () => {
    await Promise.all([insert('a'), insert('b')]);
    await insert('c');
    await db.destroy();
    expect(onDisk()).toHaveLength(3);
  });
});
