import type { Kysely } from 'kysely';
import type { SealedBox } from '../../base/sealed-box.ts';
import type { CscGrantsTable, Tables } from './tables.ts';

export type CscGrantKind = CscGrantsTable['kind'];

/** Something that a CSC client holds the handle of; only a keyed hash of the handle is stored. */
export interface CscGrant {
  readonly handle: string;
  readonly kind: CscGrantKind;
  /** JSON; sealed at rest, bound to handle and kind. */
  readonly state: unknown;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Grants of the CSC interface, and the hashes that each SAD authorises. */
export const cscRepository = (db: Kysely<Tables>, box: SealedBox) => {
  const place = (kind: string, handle: string): string => `csc ${kind} ${handle}`;
  const read = (row: {
    handle: string;
    kind: CscGrantKind;
    state: Uint8Array;
    expires_at: number;
  }): CscGrant => ({
    handle: row.handle,
    kind: row.kind,
    state: JSON.parse(Buffer.from(box.open(row.state, place(row.kind, row.handle))).toString('utf8')),
    expiresAt: row.expires_at,
  });
  return {
    /** Adds a grant, or puts another in its place. */
    async put({ handle, kind, state, expiresAt }: CscGrant): Promise<void> {
      const sealed = box.seal(Buffer.from(JSON.stringify(state)), place(kind, handle));
      const values = { kind, state: sealed, expires_at: expiresAt };
      await db
        .insertInto('csc_grants')
        .values({ handle, ...values })
        .onConflict((conflict) => conflict.column('handle').doUpdateSet(values))
        .execute();
    },

    async find(handle: string, kind: CscGrantKind, now: number): Promise<CscGrant | undefined> {
      const row = await db
        .selectFrom('csc_grants')
        .selectAll()
        .where('handle', '=', handle)
        .where('kind', '=', kind)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return row && read(row);
    },

    /** The grant, for one caller only: it is gone afterwards. */
    async take(handle: string, kind: CscGrantKind, now: number): Promise<CscGrant | undefined> {
      const row = await db
        .deleteFrom('csc_grants')
        .where('handle', '=', handle)
        .where('kind', '=', kind)
        .where('expires_at', '>', now)
        .returningAll()
        .executeTakeFirst();
      if (row === undefined) return undefined;
      // Nothing finds them by the grant any more.
      if (kind === 'sad') await db.deleteFrom('csc_hashes').where('handle', '=', handle).execute();
      return read(row);
    },

    /** The hashes that a SAD authorises, each once. */
    async authorise(handle: string, hashes: readonly string[]): Promise<void> {
      const rows = hashes.map((hash, position) => ({ handle, position, hash, used: 0 }));
      await db.insertInto('csc_hashes').values(rows).execute();
    },

    /**
     * Uses up one authorisation for each hash, of as many as there are of it. Within a transaction: where it answers
     * false, what it used so far has to be taken back.
     */
    async consume(handle: string, hashes: readonly string[]): Promise<boolean> {
      // In one order for all calls: two that need the same rows would wait for each other.
      for (const hash of hashes.toSorted()) {
        const free = db
          .selectFrom('csc_hashes')
          .select((select) => select.fn.min('position').as('position'))
          .where('handle', '=', handle)
          .where('hash', '=', hash)
          .where('used', '=', 0);
        const taken = await db
          .updateTable('csc_hashes')
          .set({ used: 1 })
          .where('handle', '=', handle)
          .where('position', '=', free)
          // Of two at once the second finds it used.
          .where('used', '=', 0)
          .returning('position')
          .executeTakeFirst();
        if (taken === undefined) return false;
      }
      return true;
    },

    /** Gives back what was used for a call that signed nothing. */
    async release(handle: string): Promise<void> {
      await db.updateTable('csc_hashes').set({ used: 0 }).where('handle', '=', handle).execute();
    },

    async removeExpired(now: number): Promise<void> {
      const ended = db.selectFrom('csc_grants').select('handle').where('expires_at', '<=', now);
      await db.deleteFrom('csc_hashes').where('handle', 'in', ended).execute();
      await db.deleteFrom('csc_grants').where('expires_at', '<=', now).execute();
    },
  };
};
