import Libsql from 'libsql';
import { expect, it } from 'vitest';
import { atomically } from './sqlite-transaction.ts';

/** A database of a few pages, which is full soon, as a disk may be. */
function smallDatabase() {
  const database = new Libsql(':memory:');
  database.exec('CREATE TABLE kept (value TEXT); PRAGMA max_page_count = 8;');
  const insert = database.prepare('INSERT INTO kept VALUES (?)');
  const count = (): number =>
    (database.prepare('SELECT count(*) AS count FROM kept').get([]) as { count: number }).count;
  return { database, insert, count };
}

it('says that there is no space left, keeps nothing of the change, and goes on when there is some', () => {
  const { database, insert, count } = smallDatabase();
  atomically(database, () => insert.run(['before']));
  const fill = () =>
    atomically(database, () => {
      for (let row = 0; row < 100; row += 1) insert.run(['x'.repeat(1000)]);
    });
  expect(fill).toThrow(expect.objectContaining({ code: 'SQLITE_FULL' }));
  expect(database.inTransaction).toBe(false);
  expect(count()).toBe(1);
  atomically(database, () => insert.run(['after']));
  expect(count()).toBe(2);
});

it('takes back what was done before something else went wrong, and tells that', () => {
  const { database, insert, count } = smallDatabase();
  const change = () =>
    atomically(database, () => {
      insert.run(['half']);
      throw new Error('the other half');
    });
  expect(change).toThrow('the other half');
  expect(count()).toBe(0);
});
