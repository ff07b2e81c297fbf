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
});
