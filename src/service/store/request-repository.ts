import type { Kysely, Selectable } from 'kysely';
import type { SealedBox } from '../../base/sealed-box.ts';
import type { Identity } from '../../contract/model/identity.ts';
import type { RequestState } from '../../contract/model/request-state.ts';
import { storedIdentitySchema } from '../../contract/model/stored-identity.ts';
import type { RequestsTable, Tables } from './tables.ts';

/** A request as the service works with it; times in milliseconds since the epoch. */
export interface RequestRecord {
  readonly id: string;
  readonly state: RequestState;
  readonly profile: string;
  readonly registrationAuthority: string;
  readonly officer: string;
  /** Keyed hash of the id document: the same for every request of one signer. */
  readonly signerKey: string;
  readonly identity: Identity;
  readonly organisation: string | undefined;
  readonly contract: { readonly sha256: string; readonly bytes: number };
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly creationDigest: string;
  readonly codesSent: number;
  readonly triesLeft: number;
}

export interface NewRequest extends Omit<RequestRecord, 'state' | 'codesSent' | 'contract'> {
  readonly creationKey: string | undefined;
  readonly contract: { readonly sha256: string; readonly pdf: Uint8Array };
}

/** What a change of state may set along with it. */
export type RequestChange = Partial<Pick<RequestsTable, 'codes_sent' | 'tries_left'>>;

/** Requests; what names a person is sealed, whatever the database does at rest. */
export const requestRepository = (db: Kysely<Tables>, box: SealedBox) => {
  const toRecord = (row: Selectable<RequestsTable>): RequestRecord => {
    const subject = JSON.parse(Buffer.from(box.open(row.subject, `subject ${row.id}`)).toString('utf8')) as {
      identity: unknown;
      organisation?: string;
    };
    return {
      id: row.id,
      state: row.state,
      profile: row.profile,
      registrationAuthority: row.registration_authority,
      officer: row.officer,
      signerKey: row.signer_key,
      identity: storedIdentitySchema.parse(subject.identity),
      organisation: subject.organisation,
      contract: { sha256: row.contract_sha256, bytes: row.contract_bytes },
      createdAt: row.created_at,
      expiresAt: row.expires_at,
      creationDigest: row.creation_digest,
      codesSent: row.codes_sent,
      triesLeft: row.tries_left,
    };
  };

  return {
    /** Inserts, unless the officer used the idempotency key before; tells whether it did insert. */
    async insert(request: NewRequest): Promise<boolean> {
      const { identity, organisation } = request;
      const subject = Buffer.from(JSON.stringify({ identity, organisation }));
      const row = await db
        .insertInto('requests')
        .values({
          id: request.id,
          state: 'approved',
          profile: request.profile,
          registration_authority: request.registrationAuthority,
          officer: request.officer,
          signer_key: request.signerKey,
          subject: box.seal(subject, `subject ${request.id}`),
          contract: box.seal(request.contract.pdf, `contract ${request.id}`),
          contract_sha256: request.contract.sha256,
          contract_bytes: request.contract.pdf.length,
          created_at: request.createdAt,
          expires_at: request.expiresAt,
          creation_key: request.creationKey ?? null,
          creation_digest: request.creationDigest,
          codes_sent: 0,
          tries_left: request.triesLeft,
        })
        .onConflict((conflict) => conflict.columns(['officer', 'creation_key']).doNothing())
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },

    async find(id: string): Promise<RequestRecord | undefined> {
      const row = await db.selectFrom('requests').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toRecord(row);
    },

    async findByCreationKey(officer: string, creationKey: string): Promise<RequestRecord | undefined> {
      const row = await db
        .selectFrom('requests')
        .selectAll()
        .where('officer', '=', officer)
        .where('creation_key', '=', creationKey)
        .executeTakeFirst();
      return row && toRecord(row);
    },

    async contract(id: string): Promise<Uint8Array | undefined> {
      const row = await db.selectFrom('requests').select('contract').where('id', '=', id).executeTakeFirst();
      return row && box.open(row.contract, `contract ${id}`);
    },

    /**
     * The one way a state changes: only from one of `from`, and only if nobody was faster.
     * `codesSent`, when given, must still be the number of codes sent.
     */
    async move(
      id: string,
      from: readonly RequestState[],
      to: RequestState,
      change: RequestChange = {},
      codesSent?: number,
    ): Promise<boolean> {
      const row = await db
        .updateTable('requests')
        .set({ state: to, ...change })
        .where('id', '=', id)
        .where('state', 'in', from)
        .$if(codesSent !== undefined, (query) => query.where('codes_sent', '=', codesSent ?? 0))
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },

    async countByState(): Promise<{ readonly state: RequestState; readonly count: number }[]> {
      const rows = await db
        .selectFrom('requests')
        .select((columns) => ['state' as const, columns.fn.countAll<number>().as('count')])
        .groupBy('state')
        .execute();
      return rows.map(({ state, count }) => ({ state, count: Number(count) }));
    },

    /** At most `limit` in these states whose time was over before, the oldest first. */
    async endedBefore(states: readonly RequestState[], time: number, limit: number): Promise<string[]> {
      const rows = await db
        .selectFrom('requests')
        .select('id')
        .where('state', 'in', states)
        .where('expires_at', '<', time)
        .orderBy('expires_at')
        .limit(limit)
        .execute();
      return rows.map((row) => row.id);
    },

    /** Removes the request with all that belongs to it, but for its events; false where it is gone already. */
    async erase(id: string): Promise<boolean> {
      for (const table of ['sandbox_messages', 'outbox', 'signings', 'challenges'] as const) {
        await db.deleteFrom(table).where('request_id', '=', id).execute();
      }
      const row = await db.deleteFrom('requests').where('id', '=', id).returning('id').executeTakeFirst();
      return row !== undefined;
    },

    /** Takes one try off; undefined when none was left. */
    async countTry(id: string): Promise<number | undefined> {
      const row = await db
        .updateTable('requests')
        .set((columns) => ({ tries_left: columns('tries_left', '-', 1) }))
        .where('id', '=', id)
        .where('tries_left', '>', 0)
        .returning('tries_left')
        .executeTakeFirst();
      return row?.tries_left;
    },
  };
};
