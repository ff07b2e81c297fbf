/** What a connection to SQLite needs for it; the drivers have it. */
interface Connection {
  readonly inTransaction: boolean;
  exec(statement: string): unknown;
}

/**
 * All of the changes, or none of them. A full disk makes SQLite roll back by itself (sqlite.org/lang_transaction.html,
 * §3): a second rollback would fail and hide why, which is what the transactions of the driver do.
 * @throws what `change` throws, and what the driver throws where it cannot commit
 */
export function atomically<T>(connection: Connection, change: () => T): T {
  connection.exec('BEGIN');
  try {
    const result = change();
    connection.exec('COMMIT');
    return result;
  } catch (error) {
    if (connection.inTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}
