import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SHIPPED_PROFILES } from '../../src/service/settings/profiles.ts';
import { findPostgres, type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { newManifest, startTestService, type TestService } from './service-client.ts';

const programs = await findPostgres();

describe.skipIf(programs === undefined)(
  'two services on one PostgreSQL (skipped without /usr/lib/postgresql)',
  () => {
    let directory: string;
    let server: PostgresServer | undefined;
    const services: TestService[] = [];

    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), 'service-postgres-'));
      server = await startPostgres(programs ?? '');
      const [profile] = SHIPPED_PROFILES;
      const settings = {
        database: { type: 'postgres', url: server.url },
        publicUrl: 'http://127.0.0.1:1',
        profiles: [profile, { ...profile, id: 'wallet', externalAuthentication: true }],
      };
      for (let i = 0; i < 2; i++) services.push(await startTestService(settings, {}, directory));
    });
    afterAll(async () => {
      for (const service of services) await service.close();
      await server?.stop();
      await rm(directory, { recursive: true });
    });

    const both = () => {
      const [first, second] = services.map(({ client }) => client);
      if (!first || !second) throw new Error('both services are needed');
      return [first, second] as const;
    };

    it('share requests and codes, and one of them signs', async () => {
      const [first, second] = both();
      const { id } = await first.registered();
      const manifest = newManifest(3);
      expect((await second.sendOtp(id, manifest)).status).toBe(200);
      const code = await first.code(id);
      const responses = await Promise.all([first, second].map((client) => client.sign(id, code, manifest)));
      expect(responses.filter(({ status }) => status === 200)).toHaveLength(1);
      const loser = responses.find(({ status }) => status !== 200);
      expect(loser?.body.error.code).toMatch(/^OSS_SIGNING_(IN_PROGRESS|DONE)$/);
      const { events } = (await first.get(`/v1/requests/${id}/events`)).body;
      expect(events.filter(({ type }: { type: string }) => type === 'certificate.planned')).toHaveLength(1);
      expect(await second.state(id)).toBe('signed');
    });

    it('answer the same bytes for the same key, whichever is asked', async () => {
      const [first, second] = both();
      const { id } = await first.registered();
      const manifest = newManifest();
      await first.sendOtp(id, manifest);
      const [key, code] = [randomUUID(), await first.code(id)];
      const response = await first.sign(id, code, manifest, key);
      expect((await second.sign(id, code, manifest, key)).text).toBe(response.text);
    });

    it('sign on the proof of another authentication where the profile admits it', async () => {
      const [first] = both();
      const { id } = await first.registered({ profile: 'wallet' });
      const authorisation = { type: 'external', method: 'wallet', reference: 'presentation-1' };
      const call = { authorisation, manifest: newManifest() };
      const response = await first.post(`/v1/requests/${id}/sign`, call, { 'idempotency-key': randomUUID() });
      expect(response.status, response.text).toBe(200);
      const { events } = (await first.get(`/v1/requests/${id}/events`)).body;
      const intended = events.find(({ type }: { type: string }) => type === 'signing.intended');
      expect(intended.data).toMatchObject({ authorisation: 'external', method: 'wallet' });
      expect(JSON.stringify(events)).not.toContain('presentation-1');
    });
  },
);
