import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** When codes went to one subject since a given time; oldest first, milliseconds since the epoch. */
export interface SentCodes {
  readonly unusedAt: readonly number[];
  readonly usedAt: readonly number[];
}

/** What went to a phone or a person, over all requests: the memory of the sending limits. */
export const sentCodeRepository = (db: Kysely<Tables>) => ({
  /**
   * Takes the row of the subject until the transaction ends, then reads: of many that want to send at once, each sees
   * what the one before has sent, whichever process it runs in.
   */
  async lock(subject: string, since: number, now: number): Promise<SentCodes> {
    await db
      .insertInto('sending_limits')
      .values({ subject, last_at: now })
      .onConflict((conflict) => conflict.column('subject').doUpdateSet({ last_at: now }))
      .execute();
    const rows = await db
      .selectFrom('sent_codes')
      .select(['sent_at', 'used'])
      .where('subject', '=', subject)
      .where('sent_at', '>', since)
      .orderBy('sent_at')
      .execute();
    const timesOf = (used: number): number[] =>
      rows.filter((row) => row.used === used).map((row) => row.sent_at);
    return { unusedAt: timesOf(0), usedAt: timesOf(1) };
  },

  async add(challengeId: string, subjects: readonly string[], now: number): Promise<void> {
    await db
      .insertInto('sent_codes')
      .values(subjects.map((subject) => ({ challenge_id: challengeId, subject, sent_at: now, used: 0 })))
      .execute();
  },

  /**
   * A code that came back proves that messages reach their person and are used: from then on the earlier ones count
   * as used too, so that somebody may sign several times in an hour.
   */
  async markUsed(subjects: readonly string[]): Promise<void> {
    await db
      .updateTable('sent_codes')
      .set({ used: 1 })
      .where('subject', 'in', subjects)
      .where('used', '=', 0)
      .execute();
  },

  /** Forgets what no limit looks at any more. */
  async removeBefore(time: number): Promise<void> {
    await db.deleteFrom('sent_codes').where('sent_at', '<=', time).execute();
    await db.deleteFrom('sending_limits').where('last_at', '<=', time).execute();
  },
});
