import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

export interface Officer {
  readonly username: string;
  readonly displayName: string;
  readonly passwordHash: string;
  readonly pinHash: string;
  readonly registrationAuthorities: readonly string[];
  readonly active: boolean;
}

export interface Lockout {
  readonly failures: number;
  /** Milliseconds since the epoch. */
  readonly lockedUntil: number;
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

  async removeExpired(now: number): Promise<void> {
    await db.deleteFrom('tokens').where('expires_at', '<=', now).execute();
  },

  async lockout(subject: string): Promise<Lockout> {
    const row = await db.selectFrom('lockouts').selectAll().where('subject', '=', subject).executeTakeFirst();
    return { failures: row?.failures ?? 0, lockedUntil: row?.locked_until ?? 0 };
  },

  async setLockout(subject: string, { failures, lockedUntil }: Lockout): Promise<void> {
    const values = { failures, locked_until: lockedUntil };
    await db
      .insertInto('lockouts')
      .values({ subject, ...values })
      .onConflict((conflict) => conflict.column('subject').doUpdateSet(values))
      .execute();
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
