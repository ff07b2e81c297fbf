import { type Dialect, Kysely, type MigrationProvider, Migrator, sql } from 'kysely';
import type { Clock } from '../../base/clock.ts';
import type { SealedBox } from '../../base/sealed-box.ts';
import { OssError } from '../../contract/errors.ts';
import { challengeRepository } from './challenge-repository.ts';
import { counterRepository } from './counter-repository.ts';
import { cscRepository } from './csc-repository.ts';
import { type DatabaseKind, POSTGRES, SQLITE } from './database-kind.ts';
import { type EventLog, eventLog } from './event-log.ts';
import { idPictureRepository } from './id-picture-repository.ts';
import { logRepository } from './log-repository.ts';
import { migrationProvider } from './migrations/index.ts';
import { officerRepository } from './officer-repository.ts';
import { outboxRepository } from './outbox-repository.ts';
import { type Connections, openPostgres, type PostgresTls } from './postgres.adapter.ts';
import { receiptRepository } from './receipt-repository.ts';
import { requestRepository } from './request-repository.ts';
import { sandboxMessageRepository } from './sandbox-message-repository.ts';
import { sentCodeRepository } from './sent-code-repository.ts';
import { signingRepository } from './signing-repository.ts';
import { openSqlite } from './sqlite.adapter.ts';
import type { Tables } from './tables.ts';

/** Everything that is stored, over one connection or one transaction. */
export interface Repositories {
  readonly officers: ReturnType<typeof officerRepository>;
  readonly requests: ReturnType<typeof requestRepository>;
  readonly challenges: ReturnType<typeof challengeRepository>;
  readonly sentCodes: ReturnType<typeof sentCodeRepository>;
  readonly signings: ReturnType<typeof signingRepository>;
  readonly outbox: ReturnType<typeof outboxRepository>;
  readonly sandboxMessages: ReturnType<typeof sandboxMessageRepository>;
  readonly receipts: ReturnType<typeof receiptRepository>;
  readonly idPictures: ReturnType<typeof idPictureRepository>;
  readonly counters: ReturnType<typeof counterRepository>;
  readonly events: EventLog;
  readonly log: ReturnType<typeof logRepository>;
  readonly csc: ReturnType<typeof cscRepository>;
}

export interface Store extends Repositories {
  readonly kind: DatabaseKind['name'];
  /** All or nothing. Inside `work` only the repositories given to it may be used. */
  transaction<T>(work: (repositories: Repositories) => Promise<T>): Promise<T>;
  /** Whether the database answers. @throws OssError OSS_DATABASE_UNAVAILABLE */
  assertAvailable(): Promise<void>;
  /** Of PostgreSQL; undefined where the database is a file. */
  connections(): Connections | undefined;
  /** The clock of the server in milliseconds since the epoch; undefined for a file, which has none. */
  readonly readClock: (() => Promise<number>) | undefined;
  close(): Promise<void>;
}

export type DatabaseLocation =
  | { readonly type: 'sqlite'; readonly path: string; readonly keyHex: string }
  | {
      readonly type: 'postgres';
      readonly url: string;
      readonly queryTimeoutSeconds: number;
      readonly poolSize?: number;
      readonly tls?: PostgresTls | undefined;
    };

export interface StorePorts {
  readonly clock: Clock;
  readonly box: SealedBox;
  readonly onConnectionLost: (error: Error) => void;
}

/**
 * Opens the database and brings its schema up to date.
 * @throws OssError OSS_CONFIG_INVALID when it cannot be opened or migrated.
 */
export async function openStore(location: DatabaseLocation, ports: StorePorts): Promise<Store> {
  let connections = (): Connections | undefined => undefined;
  const [dialect, kind] = open(location, ports, (read) => {
    connections = read;
  });
  const db = new Kysely<Tables>({ dialect });
  const provider = await besideLaterOnes(db, migrationProvider(kind));
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error !== undefined) {
    await db.destroy();
    const isAway = error instanceof OssError && error.code === 'OSS_DATABASE_UNAVAILABLE';
    const reason = isAway
      ? 'database: it cannot be reached'
      : 'database: its schema cannot be brought up to date';
    throw new OssError('OSS_CONFIG_INVALID', { reason }, { cause: error });
  }
  return {
    ...repositories(db, kind.name, ports),
    kind: kind.name,
    transaction: (work) =>
      db.transaction().execute((transaction) => work(repositories(transaction, kind.name, ports))),
    async assertAvailable() {
      await sql`select 1`.execute(db);
    },
    connections: () => connections(),
    readClock: kind.name === 'sqlite' ? undefined : () => readClock(db),
    close: () => db.destroy(),
  };
}

/**
 * A later version may have migrated already, and this one starts again beside it: migrations only add, so that what
 * the later ones did is nothing to this version.
 */
async function besideLaterOnes(
  db: Kysely<Tables>,
  { getMigrations }: MigrationProvider,
): Promise<MigrationProvider> {
  const own = await getMigrations();
  const newest = Object.keys(own).sort().at(-1) ?? '';
  // Before the first start there is no such table; what else fails will fail again, and be told.
  const done = await sql<{ name: string }>`select name from kysely_migration`
    .execute(db)
    .catch(() => ({ rows: [] }));
  const later = done.rows.map(({ name }) => name).filter((name) => name > newest);
  const nothing = { up: async () => undefined };
  return {
    getMigrations: async () => ({ ...own, ...Object.fromEntries(later.map((name) => [name, nothing])) }),
  };
}

async function readClock(db: Kysely<Tables>): Promise<number> {
  const time = sql<{ now: number }>`select (extract(epoch from clock_timestamp()) * 1000)::float8 as now`;
  return (await time.execute(db)).rows[0]?.now ?? Number.NaN;
}

const open = (
  location: DatabaseLocation,
  ports: StorePorts,
  watch: (read: () => Connections) => void,
): [Dialect, DatabaseKind] =>
  location.type === 'sqlite'
    ? [openSqlite(location.path, location.keyHex), SQLITE]
    : [
        openPostgres({
          url: location.url,
          poolSize: location.poolSize,
          tls: location.tls,
          timeout: location.queryTimeoutSeconds * 1000,
          onLost: ports.onConnectionLost,
          watch,
        }),
        POSTGRES,
      ];

const repositories = (
  db: Kysely<Tables>,
  kind: DatabaseKind['name'],
  { box, clock }: StorePorts,
): Repositories => ({
  officers: officerRepository(db),
  requests: requestRepository(db, box),
  challenges: challengeRepository(db),
  sentCodes: sentCodeRepository(db),
  signings: signingRepository(db),
  outbox: outboxRepository(db, box),
  sandboxMessages: sandboxMessageRepository(db),
  receipts: receiptRepository(db),
  idPictures: idPictureRepository(db, box),
  counters: counterRepository(db),
  events: eventLog(db, clock),
  log: logRepository(db, kind),
  csc: cscRepository(db, box),
});
