import type { Kysely } from 'kysely';
import { canonicalJson, type JsonObject } from '../../base/canonical-json.ts';
import { BEFORE_FIRST, CHAIN_START, hashChain } from '../../base/hash-chain.ts';
import type { RequestEvent } from '../../contract/service-api/requests.ts';
import type { Tables } from '../store/tables.ts';

/** The stream of events that belong to no request: start, stop, log-ins (EN 319 411-1 OVR-6.4.5-02). */
export const SERVICE_STREAM = 'service';

/** Each link is everything that an event says, and the hash of the link before it. */
const chainOf = (stream: string) =>
  hashChain<Omit<RequestEvent, 'hash'>>({
    text: ({ sequence, at, type, data, previousHash }) =>
      canonicalJson({ stream, sequence, at, type, data, previousHash } as JsonObject),
    sequence: ({ sequence }) => sequence,
    previous: ({ previousHash }) => previousHash,
  });

export interface NewEvent {
  readonly type: string;
  readonly data?: JsonObject;
}

export interface EventLog {
  /** Call it in the transaction of the state change that the event tells of. */
  append(stream: string, type: string, data?: JsonObject): Promise<void>;
  /** Several that happen in one transaction, in their order. */
  appendAll(stream: string, events: readonly NewEvent[]): Promise<void>;
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
  const appendAll = async (stream: string, added: readonly NewEvent[]): Promise<void> => {
    const row = await db
      .insertInto('event_streams')
      .values({ stream, length: added.length, head: CHAIN_START })
      .onConflict((conflict) =>
        conflict
          .column('stream')
          .doUpdateSet((columns) => ({ length: columns('event_streams.length', '+', added.length) })),
      )
      .returning(['length', 'head'])
      .executeTakeFirstOrThrow();
    const chain = chainOf(stream);
    const at = now().toISOString();
    let head = row.head;
    const values = added.map(({ type, data = {} }, index) => {
      const sequence = row.length - added.length + index + 1;
      const previousHash = head;
      head = chain.hashOf({ sequence, at, type, data, previousHash });
      return {
        stream,
        sequence,
        at,
        type,
        data: canonicalJson(data),
        previous_hash: previousHash,
        hash: head,
      };
    });
    await db.insertInto('events').values(values).execute();
    await db.updateTable('event_streams').set({ head }).where('stream', '=', stream).execute();
  };
  return {
    read,
    append: (stream, type, data = {}) => appendAll(stream, [{ type, data }]),
    appendAll,
    async verifyChain(stream) {
      const events = await read(stream);
      const chain = chainOf(stream);
      let end = BEFORE_FIRST;
      for (const event of events) {
        if (!chain.follows(event, event.hash, end)) return end.sequence + 1;
        end = event;
      }
      const row = await db
        .selectFrom('event_streams')
        .selectAll()
        .where('stream', '=', stream)
        .executeTakeFirst();
      const complete = (row?.length ?? 0) === events.length && (row?.head ?? CHAIN_START) === end.hash;
      return complete ? undefined : events.length + 1;
    },
  };
}
