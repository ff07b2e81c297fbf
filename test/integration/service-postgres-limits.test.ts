import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SHIPPED_PROFILES } from '../../src/service/settings/profiles.ts';
import { findPostgres, type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import {
  newIdentity,
  newManifest,
  type Response,
  type ServiceClient,
  startTestService,
  TestClock,
  type TestService,
  wrongCode,
} from './service-client.ts';

const programs = await findPostgres();

describe.skipIf(programs === undefined)(
  'limits over two services on one PostgreSQL (skipped without /usr/lib/postgresql)',
  () => {
    let directory: string;
    let server: PostgresServer;
    const clock = new TestClock();
    let services: TestService[] = [];
    const [profile] = SHIPPED_PROFILES;
    const start = async () => {
      const settings = {
        database: { type: 'postgres', url: server.url },
        publicUrl: 'http://127.0.0.1:1',
        tokenLifetimeMinutes: 480,
        profiles: [profile, { ...profile, id: 'another' }],
      };
      services = [];
      for (let i = 0; i < 2; i++)
        services.push(await startTestService(settings, { clock: clock.now }, directory));
    };
    const stop = async () => {
      for (const service of services) await service.close();
    };

    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), 'service-limits-'));
      server = await startPostgres(programs ?? '');
      await start();
    });
    afterAll(async () => {
      await stop();
      await server.stop();
      await rm(directory, { recursive: true });
    });
    // Whatever a test locked out is free again.
    beforeEach(() => clock.advance(25 * 60 * 60));
    beforeEach(async () => {
      for (const { client } of services) await client.login();
    });

    /** Every second call to the other service, all at once. */
    const hammer = <T>(
      count: number,
      call: (client: ServiceClient, index: number) => Promise<T>,
    ): Promise<T[]> =>
      Promise.all(
        Array.from({ length: count }, (_, index) => {
          const { client } = services[index % 2] ?? {};
          if (client === undefined) throw new Error('both services are needed');
          return call(client, index);
        }),
      );
    const tally = (responses: readonly Response[]): Record<string, number> => {
      const counts: Record<string, number> = {};
      for (const { status, body } of responses) {
        const name = body?.error?.code ?? String(status);
        counts[name] = (counts[name] ?? 0) + 1;
      }
      return counts;
    };

    it('let the right password and PIN through, however often they come at once', async () => {
      expect(tally(await hammer(8, (client) => client.login()))).toEqual({ '201': 8 });
      expect(tally(await hammer(8, (client) => client.create()))).toEqual({ '201': 8 });
    });

    it('compare five passwords of an officer, however many come at once', async () => {
      const responses = await hammer(24, (client) =>
        client.post('/v1/tokens', { username: 'maria', password: 'x' }),
      );
      expect(tally(responses)).toEqual({ OSS_CREDENTIALS_INVALID: 5, OSS_RATE_LIMITED: 19 });
    });

    it('compare five PINs, and do not take the right one for the time after', async () => {
      const responses = await hammer(16, (client) => client.create({ pin: '000000' }));
      expect(tally(responses)).toEqual({ OSS_CREDENTIALS_INVALID: 5, OSS_RATE_LIMITED: 11 });
      expect(tally(await hammer(2, (client) => client.create()))).toEqual({ OSS_RATE_LIMITED: 2 });
    });

    it('compare three codes of a request', async () => {
      const [first] = services;
      const { id } = (await first?.client.registered()) ?? { id: '' };
      const manifest = newManifest(1, clock.now());
      await first?.client.sendOtp(id, manifest);
      const wrong = wrongCode((await first?.client.code(id)) ?? '');
      // One call for a request at a time in each service: both are asked until nothing is left.
      const responses: Response[] = [];
      for (let round = 0; round < 4; round++) {
        responses.push(...(await hammer(6, (client) => client.sign(id, wrong, manifest))));
      }
      const compared = responses.filter(({ body }) => body.error.code === 'OSS_OTP_REFUSED');
      expect(new Set(compared.map(({ body }) => body.error.details.triesLeft))).toEqual(new Set([2, 1, 0]));
      const events = (await first?.client.get(`/v1/requests/${id}/events`))?.body.events;
      const left = events
        .filter(({ type }: { type: string }) => type === 'otp.refused')
        .map(({ data }: { data: { triesLeft: number } }) => data.triesLeft);
      for (const tries of [2, 1]) expect(left.filter((count: number) => count === tries)).toHaveLength(1);
    });

    it('send one code to a phone, anyone who is registered with it, for whatever profile, in whatever spelling', async () => {
      const spellings = ['+34 600 999 001', '+34600999001', '+34-600-999-001', '+34 600.999.001'];
      const requests = await hammer(12, (client, index) =>
        client.registered({
          identity: newIdentity({ mobilePhone: spellings[index % spellings.length] ?? '' }),
          profile: index % 3 === 0 ? 'another' : profile?.id,
        }),
      );
      const send = (client: ServiceClient, index: number) =>
        client.sendOtp(requests[index]?.id ?? '', newManifest(1, clock.now()));
      expect(tally(await hammer(12, send))).toEqual({ '200': 1, OSS_OTP_TOO_SOON: 11 });
      clock.advance(61);
      expect(tally(await hammer(12, send))).toEqual({ '200': 1, OSS_OTP_TOO_SOON: 11 });
    });

    it('send one code to a person, in whatever spelling of one document and to whatever phone', async () => {
      const spellings = [
        '533401999',
        '533 401 999',
        '533-401-999',
        '533.401.999',
        '533/401/999',
        '0533401999',
        '533401999\u200b',
        '５３３４０１９９９',
        '533\u2011401\u2011999',
        'gb533401999',
      ];
      const requests = await hammer(10, (client, index) =>
        client.registered({
          identity: newIdentity({
            idDocument: { type: 'PAS', country: 'GB', number: spellings[index] ?? '' },
          }),
        }),
      );
      const send = (client: ServiceClient, index: number) =>
        client.sendOtp(requests[index]?.id ?? '', newManifest(1, clock.now()));
      expect(tally(await hammer(10, send))).toEqual({ '200': 1, OSS_OTP_TOO_SOON: 9 });
    });

    it('hold over a restart of both', async () => {
      const identity = newIdentity();
      const send = async (client: ServiceClient) =>
        client.sendOtp((await client.registered({ identity })).id, newManifest(1, clock.now()));
      expect((await hammer(1, send))[0]?.status).toBe(200);
      await hammer(12, (client) => client.post('/v1/tokens', { username: 'joan', password: 'x' }));
      await stop();
      await start();
      expect(tally(await hammer(2, send))).toEqual({ OSS_OTP_TOO_SOON: 2 });
      const again = await hammer(2, (client) =>
        client.post('/v1/tokens', { username: 'joan', password: 'x' }),
      );
      expect(tally(again)).toEqual({ OSS_RATE_LIMITED: 2 });
    });

    it('let a person sign again at once after a code was used', async () => {
      const identity = newIdentity();
      const [first, second] = services;
      for (const client of [first?.client, second?.client, first?.client]) {
        const { id } = (await client?.registered({ identity })) ?? { id: '' };
        const manifest = newManifest(1, clock.now());
        expect((await client?.sendOtp(id, manifest))?.status).toBe(200);
        expect((await client?.sign(id, (await client?.code(id)) ?? '', manifest))?.status).toBe(200);
      }
    });
  },
);

it('a database of SQLite is for one process: a second one on it does not start', async () => {
  const first = await startTestService();
  try {
    const database = { type: 'sqlite', path: join(first.directory, 'service.db') };
    const secret = { masterSecret: { from: 'file', path: join(first.directory, 'master.secret') } };
    const other = await mkdtemp(join(tmpdir(), 'second-'));
    await expect(startTestService({ database, ...secret }, {}, other)).rejects.toMatchObject({
      code: 'OSS_DATA_IN_USE',
    });
    await rm(other, { recursive: true });
  } finally {
    await first.close();
  }
});
