import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import { afterEach, expect, it } from 'vitest';
import { workOwner } from '../../../src/optimizer/work/work-owner.ts';
import type { Views } from '../../../src/optimizer-api/core/api-core.ts';
import { classicDialect } from '../../../src/optimizer-api/http/dialect.ts';
import { mountRoutes } from '../../../src/optimizer-api/http/mount.ts';
import { VERIFICATION_ROUTES } from '../../../src/optimizer-api/routes/verification.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

it('verifies on behalf of the key that asked, so that the documents of one key take turns with those of others', async () => {
  const incoming = await mkdtemp(join(tmpdir(), 'mount-'));
  closers.push(() => rm(incoming, { recursive: true, force: true }));
  const owners: (string | undefined)[] = [];
  const core = {
    policy: { maxFileBytes: 1_000 },
    files: { incoming },
    store: { scrub: () => undefined },
    optimizer: {
      async verify() {
        // As the work on a document begins: after the upload, which comes in events of its own.
        owners.push(workOwner());
        return { verdict: 'valid' };
      },
    },
  };
  const server = Fastify();
  closers.push(() => server.close());
  server.setValidatorCompiler(() => () => true);
  server.setSerializerCompiler(() => (value) => JSON.stringify(value));
  server.addContentTypeParser('multipart/form-data', (_, payload, done) => done(null, payload));
  server.decorateRequest('owner', '');
  server.addHook('onRequest', async (request) => {
    request.owner = String(request.headers['x-owner']);
  });
  mountRoutes(server, { core, of: () => core } as unknown as Views, VERIFICATION_ROUTES, classicDialect);
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  const verify = async (owner: string) => {
    const body = new FormData();
    body.set('file', new File(['%PDF-'], 'contract.pdf'));
    const response = await fetch(`${url}${classicDialect.prefix}/verify`, {
      method: 'POST',
      headers: { 'x-owner': owner },
      body,
    });
    return { status: response.status, text: await response.text() };
  };
  const answers = await Promise.all(['bank', 'insurer', 'bank'].map(verify));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(owners.sort()).toEqual(['bank', 'bank', 'insurer']);
});
