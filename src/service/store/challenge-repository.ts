import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** A code that was sent: never the code itself, only its keyed hash. */
export interface Challenge {
  readonly id: string;
  readonly requestId: string;
  readonly manifestDigest: string;
  readonly salt: Uint8Array;
  readonly codeMac: Uint8Array;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export const challengeRepository = (db: Kysely<Tables>) => {
  const end = async (requestId: string): Promise<void> => {
    await db
      .updateTable('challenges')
      .set({ live: 0 })
      .where('request_id', '=', requestId)
      .where('live', '=', 1)
      .execute();
  };
  return {
    /** Ends the code of the request that may still be live. */
    end,

    /** Uses exactly this code up; false when it is no longer live, because another has taken its place. */
    async use(id: string): Promise<boolean> {
      const row = await db
        .updateTable('challenges')
        .set({ live: 0 })
        .where('id', '=', id)
        .where('live', '=', 1)
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },

    /** Puts the code in the place of the earlier one. */
    async replace(challenge: Challenge): Promise<void> {
      await end(challenge.requestId);
      await db
        .insertInto('challenges')
        .values({
          id: challenge.id,
          request_id: challenge.requestId,
          live: 1,
          manifest_digest: challenge.manifestDigest,
          salt: challenge.salt,
          code_mac: challenge.codeMac,
          created_at: challenge.createdAt,
          expires_at: challenge.expiresAt,
        })
        .execute();
    },

    async live(requestId: string, now: number): Promise<Challenge | undefined> {
      const row = await db
        .selectFrom('challenges')
        .selectAll()
        .where('request_id', '=', requestId)
        .where('live', '=', 1)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return row && toChallenge(row);
    },

    async isLive(id: string): Promise<boolean> {
      const row = await db.selectFrom('challenges').select('live').where('id', '=', id).executeTakeFirst();
      return row?.live === 1;
    },

    /** When the newest code of the request was made, whatever became of it. */
    async lastSentAt(requestId: string): Promise<number | undefined> {
      const row = await db
        .selectFrom('challenges')
        .select((columns) => columns.fn.max('created_at').as('last'))
        .where('request_id', '=', requestId)
        .executeTakeFirst();
      return row?.last ?? undefined;
    },
  };
};

const toChallenge = (row: Tables['challenges']): Challenge => ({
  id: row.id,
  requestId: row.request_id,
  manifestDigest: row.manifest_digest,
  salt: row.salt,
  codeMac: row.code_mac,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
});
