import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { canonicalJson, type JsonObject } from '../../contract/model/canonical-json.ts';
import type { RequestEvent } from '../../contract/service-api/requests.ts';
import type { Tables } from '../store/tables.ts';

/** The stream of events that belong to no request: start, stop, log-ins (EN 319 411-1 OVR-6.4.5-02). */
export const SERVICE_STREAM = 'service';

const GENESIS = '0'.repeat(64);

/** Hash of one link: everything that the event says, and the link before it. */
export function eventHash(stream: string, event: Omit<RequestEvent, 'hash'>): string {
  const { sequence, at, type, data, previousHash } = event;
  return createHash('sha256')
    .update(canonicalJson({ stream, sequence, at, type, data, previousHash } as JsonObject))
    .digest('hex');
}

export interface EventLog {
  /** Call it in the transaction of the state change that the event tells of. */
  append(stream: string, type: string, data?: JsonObject): Promise<void>;
  read(stream: string): Promise<RequestEvent[]>;
  /** Sequence of the first event that does not fit, or undefined when the whole chain holds. */
  verifyChain(stream: string): Promise<number | undefined>;
}

/**
 * Append-only and hash-chained (EN 319 401 REQ-7.10). The row of the stream is updated first: that orders
 * writers on both databases and keeps the head, so that a cut-off tail is noticed too.
 */
export function eventLog(db: Kysely<Tables>, now: () => Date): EventLog {
  const read = async (stream: string): Promise<RequestEvent[]> => {
    const rows = await db
      .selectFrom('events')
      .selectAll()
      .where('stream', '=', stream)
      .orderBy('sequence')
      .execute();
    return rows.map(({ sequence, at, type, data, previous_hash, hash }) => ({
      sequence,
      at,
      type,
      data: JSON.parse(data) as Record<string, unknown>,
      previousHash: previous_hash,
      hash,
    }));
  };
  return {
    read,
    async append(stream, type, data = {}) {
      await db
        .insertInto('event_streams')
        .values({ stream, length: 0, head: GENESIS })
        .onConflict((conflict) => conflict.column('stream').doNothing())
        .execute();
      const { length: sequence, head: previousHash } = await db
        .updateTable('event_streams')
        .set((row) => ({ length: row('length', '+', 1) }))
        .where('stream', '=', stream)
        .returning(['length', 'head'])
        .executeTakeFirstOrThrow();
      const at = now().toISOString();
      const hash = eventHash(stream, { sequence, at, type, data, previousHash });
      await db
        .insertInto('events')
        .values({
          stream,
          sequence,
          at,
          type,
          data: canonicalJson(data),
          previous_hash: previousHash,
          hash,
        })
        .execute();
      await db.updateTable('event_streams').set({ head: hash }).where('stream', '=', stream).execute();
    },
    async verifyChain(stream) {
      const events = await read(stream);
      let previousHash = GENESIS;
      for (const [position, event] of events.entries()) {
        const fits = event.sequence === position + 1 && event.previousHash === previousHash;
        if (!fits || event.hash !== eventHash(stream, event)) return position + 1;
        previousHash = event.hash;
      }
      const row = await db
        .selectFrom('event_streams')
        .selectAll()
        .where('stream', '=', stream)
        .executeTakeFirst();
      const complete = (row?.length ?? 0) === events.length && (row?.head ?? GENESIS) === previousHash;
      return complete ? undefined : events.length + 1;
    },
  };
}
