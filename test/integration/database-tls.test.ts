import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/local-server.ts';
import { findPostgres, type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { makeServerCertificates } from './production-config.ts';
import { startTestService } from './service-client.ts';

const programs = await findPostgres();
const NOBODY = 65_534;

describe.skipIf(programs === undefined)(
  'a PostgreSQL that is reached by TLS (skipped without /usr/lib/postgresql)',
  () => {
    let folder: string;
    let other: string;
    let server: PostgresServer;
    let port: number;
    beforeAll(async () => {
      [folder, other] = (await Promise.all(
        ['a', 'b'].map(() => mkdtemp(join(tmpdir(), 'database-tls-'))),
      )) as [string, string];
      const { keyFile, certificateFile } = makeServerCertificates(folder);
      makeServerCertificates(other);
      // The server reads them under an account of its own.
      await chmod(folder, 0o755);
      if (process.getuid?.() === 0) await chown(keyFile, NOBODY, NOBODY);
      await chmod(keyFile, 0o600);
      port = await freePort();
      const settings = ['fsync=off', 'listen_addresses=127.0.0.1', `port=${port}`, 'ssl=on'];
      const files = [`ssl_cert_file=${certificateFile}`, `ssl_key_file=${keyFile}`];
      server = await startPostgres(
        programs ?? '',
        [...settings, ...files].flatMap((one) => ['-c', one]),
      );
    });
    afterAll(async () => {
      await server.stop();
      for (const path of [folder, other]) await rm(path, { recursive: true });
    });

    const start = (tls: Record<string, string>) => {
      const url = `postgresql://service@127.0.0.1:${port}/postgres`;
      return startTestService({ database: { type: 'postgres', url, tls }, publicUrl: 'http://127.0.0.1:1' });
    };

    it('talks in secret with a server whose certificate holds for its name', async () => {
      const running = await start({ caFile: join(folder, 'ca.pem') });
      expect((await running.client.get('/ready')).body.checks.database).toBe('ok');
      const administrator = new pg.Client({ host: '127.0.0.1', port, user: 'service', database: 'postgres' });
      await administrator.connect();
      const { rows } = await administrator.query(
        'select distinct ssl from pg_stat_ssl join pg_stat_activity using (pid) where pid <> pg_backend_pid() and usename is not null',
      );
      expect(rows).toEqual([{ ssl: true }]);
      await administrator.end();
      await running.close();
    });

    it.each([
      ['of another authority', () => ({ caFile: join(other, 'ca.pem') })],
      ['for another name', () => ({ caFile: join(folder, 'ca.pem'), serverName: 'database.example' })],
      ['of nobody that everybody trusts', () => ({})],
    ])('does not start with a certificate %s', async (_what, tls) => {
      await expect(start(tls())).rejects.toMatchObject({ code: 'OSS_CONFIG_INVALID' });
    });

    it('names a file that cannot be read, and a certificate without its key', async () => {
      await expect(start({ caFile: join(folder, 'nothing.pem') })).rejects.toMatchObject({
        details: { reason: 'database.tls.caFile: cannot be read' },
      });
      await expect(start({ certificateFile: join(folder, 'client.pem') })).rejects.toMatchObject({
        code: 'OSS_CONFIG_INVALID',
      });
    });
  },
);
