import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

export interface Officer {
  readonly username: string;
  readonly displayName: string;
  readonly passwordHash: string;
  readonly pinHash: string;
  readonly registrationAuthorities: readonly string[];
  readonly active: boolean;
}

/** Registration officers, their tokens and the counters of their failures. */
export const officerRepository = (db: Kysely<Tables>) => ({
  async find(username: string): Promise<Officer | undefined> {
    const row = await db
      .selectFrom('officers')
      .selectAll()
      .where('username', '=', username)
      .executeTakeFirst();
    return row && toOfficer(row);
  },

  async all(): Promise<Officer[]> {
    return (await db.selectFrom('officers').selectAll().orderBy('username').execute()).map(toOfficer);
  },

  /** Adds an officer or replaces what is stored of them. */
  async put(officer: Officer, now: number): Promise<void> {
    const values = {
      display_name: officer.displayName,
      password_hash: officer.passwordHash,
      pin_hash: officer.pinHash,
      registration_authorities: JSON.stringify(officer.registrationAuthorities),
      active: officer.active ? 1 : 0,
    };
    await db
      .insertInto('officers')
      .values({ username: officer.username, created_at: now, ...values })
      .onConflict((conflict) => conflict.column('username').doUpdateSet(values))
      .execute();
  },

  async addToken(tokenHash: string, username: string, expiresAt: number): Promise<void> {
    await db
      .insertInto('tokens')
      .values({ token_hash: tokenHash, username, expires_at: expiresAt })
      .execute();
  },

  async findTokenOwner(tokenHash: string, now: number): Promise<Officer | undefined> {
    const row = await db
      .selectFrom('tokens')
      .innerJoin('officers', 'officers.username', 'tokens.username')
      .selectAll('officers')
      .where('token_hash', '=', tokenHash)
      .where('expires_at', '>', now)
      .where('active', '=', 1)
      .executeTakeFirst();
    return row && toOfficer(row);
  },

  /** A token of this officer only. */
  async removeToken(tokenHash: string, username: string): Promise<void> {
    await db
      .deleteFrom('tokens')
      .where('token_hash', '=', tokenHash)
      .where('username', '=', username)
      .execute();
  },

  async removeTokensOf(username: string): Promise<void> {
    await db.deleteFrom('tokens').where('username', '=', username).execute();
  },

  async removeExpired(now: number): Promise<void> {
    await db.deleteFrom('tokens').where('expires_at', '<=', now).execute();
  },

  /**
   * Counts an attempt in one statement, unless the subject is locked out: of many at once, whichever process they
   * come from, each gets a number of its own.
   * @param delays milliseconds of lock-out that begin with the first, second, … attempt; the last one goes on
   * @returns the number of attempts since the last that succeeded; undefined when it was not counted
   */
  async countAttempt(subject: string, now: number, delays: readonly number[]): Promise<number | undefined> {
    // Without a delay nothing is locked: `now` itself would lock out another process whose clock is a little behind.
    const end = (delay: number) => (delay === 0 ? 0 : now + delay);
    const steps = delays.map((delay, index) => sql`when ${sql.lit(index + 1)} then ${sql.lit(end(delay))}`);
    const last = sql.lit(end(delays.at(-1) ?? 0));
    const attempts = sql<number>`lockouts.failures + 1`;
    const row = await db
      .insertInto('lockouts')
      .values({ subject, failures: 1, locked_until: end(delays[0] ?? 0) })
      .onConflict((conflict) =>
        conflict
          .column('subject')
          .doUpdateSet({
            failures: attempts,
            locked_until: sql<number>`case ${attempts} ${sql.join(steps, sql` `)} else ${last} end`,
          })
          .where('lockouts.locked_until', '<=', now),
      )
      .returning('failures')
      .executeTakeFirst();
    return row?.failures;
  },

  /** Milliseconds since the epoch; 0 when the subject is not locked out. */
  async lockedUntil(subject: string): Promise<number> {
    const row = await db
      .selectFrom('lockouts')
      .select('locked_until')
      .where('subject', '=', subject)
      .executeTakeFirst();
    return row?.locked_until ?? 0;
  },

  async clearLockout(subject: string): Promise<void> {
    await db.deleteFrom('lockouts').where('subject', '=', subject).execute();
  },
});

const toOfficer = (row: {
  username: string;
  display_name: string;
  password_hash: string;
  pin_hash: string;
  registration_authorities: string;
  active: number;
}): Officer => ({
  username: row.username,
  displayName: row.display_name,
  passwordHash: row.password_hash,
  pinHash: row.pin_hash,
  registrationAuthorities: JSON.parse(row.registration_authorities) as string[],
  active: row.active === 1,
});
