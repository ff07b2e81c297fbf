import type { Kysely } from 'kysely';
import { newIdentifier } from '../../base/identifier.ts';
import type { Tables } from './tables.ts';

/** The record of one attempt to sign: written before the key is used, closed with the result. */
export interface Signing {
  readonly id: string;
  readonly requestId: string;
  readonly idempotencyKey: string;
  readonly callDigest: string;
  readonly manifestDigest: string;
  readonly state: 'pending' | 'done' | 'interrupted';
  readonly owner: string;
  readonly leaseUntil: number;
  readonly plannedTbs: Uint8Array | undefined;
  readonly result: Uint8Array | undefined;
}

/** In place of the digests of a call that never came. */
export const NO_CALL = '';

export type NewSigning = Omit<Signing, 'state' | 'plannedTbs' | 'result'>;

export const signingRepository = (db: Kysely<Tables>) => ({
  /** False where there is one with this key already. */
  async insert(signing: NewSigning, now: number): Promise<boolean> {
    const row = await db
      .insertInto('signings')
      .values({
        id: signing.id,
        request_id: signing.requestId,
        idempotency_key: signing.idempotencyKey,
        call_digest: signing.callDigest,
        manifest_digest: signing.manifestDigest,
        state: 'pending',
        owner: signing.owner,
        lease_until: signing.leaseUntil,
        planned_tbs: null,
        result: null,
        created_at: now,
        finished_at: null,
      })
      .onConflict((conflict) => conflict.columns(['request_id', 'idempotency_key']).doNothing())
      .returning('id')
      .executeTakeFirst();
    return row !== undefined;
  },

  /** A call with this key that is still on its way will find it used; nothing where there is one already. */
  async refuse(requestId: string, idempotencyKey: string, owner: string, now: number): Promise<void> {
    await db
      .insertInto('signings')
      .values({
        id: newIdentifier('sig'),
        request_id: requestId,
        idempotency_key: idempotencyKey,
        call_digest: NO_CALL,
        manifest_digest: NO_CALL,
        state: 'interrupted',
        owner,
        lease_until: now,
        planned_tbs: null,
        result: null,
        created_at: now,
        finished_at: now,
      })
      .onConflict((conflict) => conflict.columns(['request_id', 'idempotency_key']).doNothing())
      .execute();
  },

  async find(requestId: string, idempotencyKey: string): Promise<Signing | undefined> {
    const row = await db
      .selectFrom('signings')
      .selectAll()
      .where('request_id', '=', requestId)
      .where('idempotency_key', '=', idempotencyKey)
      .executeTakeFirst();
    return row && toSigning(row);
  },

  /** Attempts past their lease: no living process works on them any more. */
  async abandoned(now: number): Promise<Signing[]> {
    const rows = await db
      .selectFrom('signings')
      .selectAll()
      .where('state', '=', 'pending')
      .where('lease_until', '<=', now)
      .execute();
    return rows.map(toSigning);
  },

  /** Ends every lease: for a database that only one process at a time can have open. */
  async releaseAll(): Promise<void> {
    await db.updateTable('signings').set({ lease_until: 0 }).where('state', '=', 'pending').execute();
  },

  /** Keeps what the authority is about to sign; false when the attempt was taken away meanwhile. */
  async plan(id: string, tbs: Uint8Array): Promise<boolean> {
    const row = await db
      .updateTable('signings')
      .set({ planned_tbs: tbs })
      .where('id', '=', id)
      .where('state', '=', 'pending')
      .returning('id')
      .executeTakeFirst();
    return row !== undefined;
  },

  /** Closes a pending attempt; false when somebody closed it already. */
  async finish(
    id: string,
    state: 'done' | 'interrupted',
    result: Uint8Array | null,
    now: number,
  ): Promise<boolean> {
    const row = await db
      .updateTable('signings')
      .set({ state, result, finished_at: now })
      .where('id', '=', id)
      .where('state', '=', 'pending')
      .returning('id')
      .executeTakeFirst();
    return row !== undefined;
  },
});

const toSigning = (row: Tables['signings']): Signing => ({
  id: row.id,
  requestId: row.request_id,
  idempotencyKey: row.idempotency_key,
  callDigest: row.call_digest,
  manifestDigest: row.manifest_digest,
  state: row.state,
  owner: row.owner,
  leaseUntil: row.lease_until,
  plannedTbs: row.planned_tbs ?? undefined,
  result: row.result ?? undefined,
});
