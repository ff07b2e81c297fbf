import { setTimeout as delay } from 'node:timers/promises';
import { type ConnectionOptions, checkServerIdentity } from 'node:tls';
import { PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { OssError } from '../../contract/errors.ts';
import { StatementNames } from './statement-names.ts';

const POOL_SIZE = 10;
const INT8 = pg.types.builtins.INT8;

/** 64-bit integers here are milliseconds and counters, well inside what a number holds exactly. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

export interface PostgresOptions {
  readonly url: string;
  /** Connections of this process at once; 10 unless given. */
  readonly poolSize?: number | undefined;
  /** Undefined: as the address says (`sslmode`), without it unencrypted. */
  readonly tls?: PostgresTls | undefined;
  /** Longest wait for a connection, and for the response to a statement, in milliseconds. */
  readonly timeout: number;
  /** Told when a connection breaks, idle or in use; the pool opens another by itself. */
  readonly onLost: (error: Error) => void;
}

/** The server has to show a certificate for its name; with a key of ours it sees one too. In PEM. */
export interface PostgresTls {
  readonly ca: Buffer | undefined;
  readonly certificate: Buffer | undefined;
  readonly key: Buffer | undefined;
  readonly serverName: string | undefined;
}

/**
 * A pool whose connections may break at any moment. Whatever ends a statement other than a response of the server
 * (a killed backend, a network that went silent) rejects with OssError OSS_DATABASE_UNAVAILABLE, and that
 * connection is not used again. What became of a COMMIT is then unknown: callers repeat with their
 * idempotency key.
 */
export function openPostgres({
  url,
  poolSize = POOL_SIZE,
  tls,
  timeout,
  onLost,
}: PostgresOptions): PostgresDialect {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    ...(tls === undefined ? {} : { ssl: tlsOptions(tls, hostOf(url)) }),
    types,
    connectionTimeoutMillis: timeout,
    // Only this one ends the wait on a silent network; the others make the server let go of locks.
    query_timeout: timeout,
    statement_timeout: timeout,
    idle_in_transaction_session_timeout: 2 * timeout,
    keepAlive: true,
  });
  // A connection in use reports to its own listeners only; without one its loss would end the process.
  pool.on('connect', (client) => client.on('error', onLost));
  // Idle ones report to the pool too, which has removed them by then.
  pool.on('error', () => undefined);
  return new PostgresDialect({ pool: guardedPool(pool, timeout, onLost) });
}

/** `pg` knows the name of the server only where it is no address. */
const tlsOptions = ({ ca, certificate, key, serverName }: PostgresTls, host: string): ConnectionOptions => ({
  rejectUnauthorized: true,
  minVersion: 'TLSv1.2',
  checkServerIdentity: (_name, shown) => checkServerIdentity(serverName ?? host, shown),
  ...(ca && { ca }),
  ...(certificate && { cert: certificate }),
  ...(key && { key }),
});

/** The scheme of the database has no host by the URL standard. */
const hostOf = (url: string): string =>
  new URL(url.replace(/^postgres(ql)?:/, 'http:')).hostname.replace(/^\[(.*)\]$/, '$1');

const guardedPool = (
  pool: pg.Pool,
  timeout: number,
  onLost: PostgresOptions['onLost'],
  names = new StatementNames(),
): PostgresPool => ({
  async connect() {
    try {
      return guardedClient(await pool.connect(), names, onLost);
    } catch (cause) {
      throw unavailable(cause);
    }
  },
  async end() {
    // Saying goodbye over a silent network never ends.
    await Promise.race([pool.end(), delay(timeout, undefined, { ref: false })]);
  },
});

function guardedClient(
  client: pg.PoolClient,
  names: StatementNames,
  onLost: PostgresOptions['onLost'],
): PostgresPoolClient {
  let broken: OssError | undefined;
  let isInTransaction = false;
  const send = async (sql: string, parameters: readonly unknown[]): Promise<pg.QueryResult> => {
    const name = names.nameOf(sql);
    try {
      return await client.query({ text: sql, values: [...parameters], ...(name !== undefined && { name }) });
    } catch (cause) {
      if (!isOutdated(cause)) throw cause;
      // Another version has migrated: what was planned before holds no longer, on any connection.
      names.renew();
      if (isInTransaction) throw cause;
      return send(sql, parameters);
    }
  };
  const query = async (sql: string, parameters: readonly unknown[]) => {
    if (broken !== undefined) throw broken;
    try {
      const result = await send(sql, parameters);
      isInTransaction = TRANSACTION_AFTER[sql] ?? isInTransaction;
      return result;
    } catch (cause) {
      if (isResponse(cause)) throw cause;
      const error = unavailable(cause);
      if (!isTransient(cause)) {
        broken = error;
        // The statement got the news; the connection, thrown away now, will tell nobody.
        onLost(cause instanceof Error ? cause : error);
      }
      throw error;
    }
  };
  return {
    // No cursor is configured, so that texts are the only queries.
    query: query as unknown as PostgresPoolClient['query'],
    release: (destroy = false) => client.release(destroy || broken !== undefined),
  };
}

/** Whether a transaction is open after a statement that begins or ends one, as Kysely spells them. */
const TRANSACTION_AFTER: Readonly<Record<string, boolean>> = { begin: true, commit: false, rollback: false };

const unavailable = (cause: unknown): OssError => new OssError('OSS_DATABASE_UNAVAILABLE', {}, { cause });

const sqlState = (cause: unknown): string | undefined =>
  cause instanceof pg.DatabaseError ? cause.code : undefined;

/**
 * SQLSTATE of a server that is there and cannot do it now (PostgreSQL, Appendix A): a conflict of transactions or a
 * deadlock (40), no resources (53), cancelled by a time-out (57014, 55P03), a standby after a failover (25006).
 */
const isTransient = (cause: unknown): boolean =>
  isOutdated(cause) || /^(40|53|57014|55P03|25006)/.test(sqlState(cause) ?? '');

/** "cached plan must not change result type", a `feature_not_supported` of its own routine. */
const isOutdated = (cause: unknown): boolean =>
  cause instanceof pg.DatabaseError && cause.code === '0A000' && cause.routine === 'RevalidateCachedQuery';

/** An error of the statement itself; classes 08 (connection) and 57P (shutdown) are those of the connection. */
const isResponse = (cause: unknown): boolean => {
  const state = sqlState(cause);
  return state !== undefined && !isTransient(cause) && !/^(08|57P|25P03)/.test(state);
};
