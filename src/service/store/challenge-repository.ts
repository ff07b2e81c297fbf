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

/** When codes that were not used went to one signer within the last hour, over all requests. */
export interface SignerHistory {
  readonly sentAt: readonly number[];
  readonly version: number;
}

export const challengeRepository = (db: Kysely<Tables>) => {
  const end = async (requestId: string): Promise<boolean> => {
    const rows = await db
      .updateTable('challenges')
      .set({ live: 0 })
      .where('request_id', '=', requestId)
      .where('live', '=', 1)
      .returning('id')
      .execute();
    return rows.length > 0;
  };
  return {
    /** Ends the code that may still be live; tells whether there was one. Also how a code is used up. */
    end,

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

    async signerHistory(signerKey: string, since: number): Promise<SignerHistory> {
      const row = await db
        .selectFrom('signer_limits')
        .selectAll()
        .where('signer_key', '=', signerKey)
        .executeTakeFirst();
      const sentAt = row ? (JSON.parse(row.sent_at) as number[]).filter((time) => time > since) : [];
      return { sentAt, version: row?.version ?? 0 };
    },

    /**
     * A code that came back proves that messages reach their person and are used: the limits count only codes
     * that did not, so that somebody may sign several times in an hour.
     */
    async clearHistory(signerKey: string): Promise<void> {
      await db
        .updateTable('signer_limits')
        .set((columns) => ({ sent_at: '[]', version: columns('version', '+', 1) }))
        .where('signer_key', '=', signerKey)
        .execute();
    },

    /** Adds a code to the history as it was read; false when another code came in between. */
    async recordSent(signerKey: string, history: SignerHistory, now: number): Promise<boolean> {
      const sent_at = JSON.stringify([...history.sentAt, now]);
      const row = await db
        .insertInto('signer_limits')
        .values({ signer_key: signerKey, sent_at, version: 1 })
        .onConflict((conflict) =>
          conflict
            .column('signer_key')
            .doUpdateSet({ sent_at, version: history.version + 1 })
            .where('signer_limits.version', '=', history.version),
        )
        .returning('version')
        .executeTakeFirst();
      return row !== undefined;
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
