import { PostgresDialect } from 'kysely';
import pg from 'pg';

const INT8 = pg.types.builtins.INT8;

/** 64-bit integers here are milliseconds and counters, well inside what a number holds exactly. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/** @param onLost told when an idle connection breaks; the pool opens another by itself. */
export function openPostgres(url: string, onLost: (error: Error) => void): PostgresDialect {
  const pool = new pg.Pool({ connectionString: url, max: 8, connectionTimeoutMillis: 10_000, types });
  pool.on('error', onLost);
  return new PostgresDialect({ pool });
}
