import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import Libsql from 'libsql';
import pg from 'pg';
import { deriveSecrets, loadMasterSecret } from '../../../src/service/config/master-secret.ts';

/** One signature that the service made. */
export interface MadeSignature {
  readonly requestId: string;
  readonly serialNumber: string;
  readonly documents: number;
}

const SIGNED = "select request_id, result from signings where state = 'done'";

/** @param url of PostgreSQL; without it the file of SQLite is read */
export async function readSignatures(serviceData: string, url: string | undefined): Promise<MadeSignature[]> {
  const rows = url === undefined ? fromSqlite(serviceData) : await fromPostgres(url);
  return rows.map(({ request_id: requestId, result }) => {
    const { certificate, documents } = JSON.parse(Buffer.from(result).toString('utf8'));
    const { serialNumber } = new X509Certificate(Buffer.from(certificate, 'base64'));
    return { requestId, serialNumber: serialNumber.toLowerCase(), documents: documents.length };
  });
}

interface Row {
  readonly request_id: string;
  readonly result: ArrayBuffer;
}

function fromSqlite(serviceData: string): Row[] {
  const secret = loadMasterSecret({ masterSecret: { from: 'generated' }, dataDirectory: serviceData });
  const { databaseKey } = deriveSecrets(secret);
  const options = { encryptionCipher: 'aes256cbc', encryptionKey: databaseKey } as Libsql.Options;
  const database = new Libsql(join(serviceData, 'service.db'), options);
  try {
    return database.prepare(SIGNED).all([]) as Row[];
  } finally {
    database.close();
  }
}

async function fromPostgres(connectionString: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(SIGNED)).rows;
  } finally {
    await client.end();
  }
}
