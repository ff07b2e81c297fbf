import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** Numbers that only grow, over restarts and processes (CRL number, RFC 5280 §5.2.3). */
export const counterRepository = (db: Kysely<Tables>) => ({
  /** The next value, from 1. */
  async next(name: string): Promise<number> {
    const row = await db
      .insertInto('counters')
      .values({ name, value: 1 })
      .onConflict((conflict) =>
        conflict.column('name').doUpdateSet((columns) => ({ value: columns('counters.value', '+', 1) })),
      )
      .returning('value')
      .executeTakeFirstOrThrow();
    return row.value;
  },

  /** Counts one more unless that would be more than `most`; tells whether it did. */
  async take(name: string, most: number): Promise<boolean> {
    if (most < 1) return false;
    const row = await db
      .insertInto('counters')
      .values({ name, value: 1 })
      .onConflict((conflict) =>
        conflict
          .column('name')
          .doUpdateSet((columns) => ({ value: columns('counters.value', '+', 1) }))
          .where('counters.value', '<', most),
      )
      .returning('value')
      .executeTakeFirst();
    return row !== undefined;
  },

  /** Takes back what `take` counted for nothing. */
  async giveBack(name: string): Promise<void> {
    await db
      .updateTable('counters')
      .set((columns) => ({ value: columns('value', '-', 1) }))
      .where('name', '=', name)
      .where('value', '>', 0)
      .execute();
  },

  /** Forgets counters whose names lie between the two, the second excluded. */
  async removeBetween(from: string, to: string): Promise<void> {
    await db.deleteFrom('counters').where('name', '>=', from).where('name', '<', to).execute();
  },
});
