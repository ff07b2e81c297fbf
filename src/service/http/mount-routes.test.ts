import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { OssError } from '../../contract/errors.ts';
import { createServer } from './create-server.ts';
import { mountRoutes } from './mount-routes.ts';
import { PROBES } from './probes.ts';
import { guardedRoutes, openRoutes, type Route } from './route.ts';

const LIMITS = {
  ...{ callsPerMinute: 50, callsPerMinuteLoggedIn: 60, loginsPerMinute: 2 },
  ...{ bodyBytes: 1024, requestTimeoutSeconds: 5 },
};

interface Services {
  readonly greeting: string;
}

const open = openRoutes<Services>();
const guarded = guardedRoutes<Services, string>(async (_services, { headers }) => {
  if (headers.authorization === undefined) throw new OssError('OSS_CREDENTIALS_INVALID');
  if (headers.authorization === 'forged') throw new OssError('OSS_CREDENTIALS_INVALID');
  return { caller: headers.authorization, name: headers.authorization };
});

let server: FastifyInstance;
afterEach(() => server.close());

async function serve(...routes: readonly Route<Services>[]): Promise<FastifyInstance> {
  server = await createServer({ limits: LIMITS, log: pino({ level: 'silent' }) });
  await mountRoutes(server, { greeting: 'Hello' }, routes, LIMITS);
  return server;
}

const greet = open({
  method: 'POST',
  path: '/greet/:name',
  summary: 'Greets',
  tag: 'test',
  takes: { params: z.object({ name: z.string().min(2) }), body: z.object({ times: z.int().max(3) }) },
  responses: { 201: z.object({ greetings: z.array(z.string()) }) },
  limit: 'loginsPerMinute',
  async handle({ greeting }, { params, body }) {
    if (params.name === 'nobody') throw new OssError('OSS_CREDENTIALS_INVALID');
    return {
      status: 201,
      value: { greetings: Array.from({ length: body.times }, () => `${greeting}, ${params.name}`) },
      headers: { 'x-times': String(body.times) },
    };
  },
});

const digest = open({
  method: 'POST',
  path: '/bytes',
  summary: 'Turns bytes round',
  tag: 'test',
  takes: { body: { bytes: ['application/octets'] } },
  handle: async (_services, { body }) => ({ bytes: body.toReversed(), mediaType: 'application/octets' }),
});

const whoAmI = guarded({
  method: 'PUT',
  path: '/me',
  summary: 'Who calls',
  tag: 'test',
  takes: { body: z.object({ big: z.string() }) },
  responses: { 200: z.object({ caller: z.string() }) },
  handle: async (_services, { caller }) => ({ value: { caller } }),
});

const failure = (response: { statusCode: number; json: () => { error: { code: string } } }) => [
  response.statusCode,
  response.json().error.code,
];

describe('a declared route', () => {
  it('gets what its shapes let through, and answers by the shape of the status', async () => {
    await serve(greet);
    const response = await server.inject({ method: 'POST', url: '/greet/Ana', payload: { times: 2 } });
    expect([response.statusCode, response.json(), response.headers['x-times']]).toEqual([
      201,
      { greetings: ['Hello, Ana', 'Hello, Ana'] },
      '2',
    ]);
  });

  it('refuses what they do not let through with the names of the fields', async () => {
    await serve(greet);
    const path = await server.inject({ method: 'POST', url: '/greet/A', payload: { times: 1 } });
    expect(failure(path)).toEqual([400, 'OSS_REQUEST_INVALID']);
    const body = await server.inject({ method: 'POST', url: '/greet/Ana', payload: { times: 4 } });
    expect(body.json().error.details.fields[0]).toMatch(/^times: /);
  });

  it('may have a limit of its own, of log-ins that fail, however many come at once', async () => {
    await serve(greet);
    const call = (name: string) =>
      server.inject({ method: 'POST', url: `/greet/${name}`, payload: { times: 1 } });
    for (let n = 0; n < 5; n += 1) expect((await call('Ana')).statusCode).toBe(201);
    const failed = await Promise.all(Array.from({ length: 5 }, () => call('nobody')));
    expect(failed.map(({ statusCode }) => statusCode).sort()).toEqual([401, 401, 429, 429, 429]);
    const more = await call('Ana');
    expect(failure(more)).toEqual([429, 'OSS_RATE_LIMITED']);
    expect(Number(more.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('counts callers by who they are, not by the address that they share', async () => {
    await serve(whoAmI);
    const call = (authorization: string) =>
      server.inject({ method: 'PUT', url: '/me', payload: { big: '' }, headers: { authorization } });
    const codes = async (caller: string, times: number) => {
      const all = new Set<number>();
      for (let n = 0; n < times; n += 1) all.add((await call(caller)).statusCode);
      return [...all];
    };
    expect(await codes('ana', 60)).toEqual([200]);
    expect(await codes('joan', 60)).toEqual([200]);
    expect((await call('ana')).statusCode).toBe(429);
  });

  it('counts wrong tokens as calls of a stranger', async () => {
    await serve(whoAmI);
    const call = (authorization: string) =>
      server.inject({ method: 'PUT', url: '/me', payload: { big: '' }, headers: { authorization } });
    const outcomes = await Promise.all(Array.from({ length: 55 }, () => call('forged')));
    const count = (status: number) => outcomes.filter(({ statusCode }) => statusCode === status).length;
    expect([count(401), count(429)]).toEqual([50, 5]);
  });

  it('takes the media types that it names, and no other route takes them', async () => {
    await serve(digest, greet);
    const headers = { 'content-type': 'application/octets' };
    const response = await server.inject({
      method: 'POST',
      url: '/bytes',
      headers,
      payload: Buffer.from([1, 2]),
    });
    expect([...response.rawPayload]).toEqual([2, 1]);
    for (const [url, type] of [
      ['/bytes', 'application/json'],
      ['/greet/Ana', 'application/octets'],
    ] as const) {
      const other = await server.inject({
        method: 'POST',
        url,
        headers: { 'content-type': type },
        payload: '{}',
      });
      expect(failure(other), url).toEqual([400, 'OSS_REQUEST_INVALID']);
    }
    expect(failure(await server.inject({ method: 'POST', url: '/bytes' }))).toEqual([
      400,
      'OSS_REQUEST_INVALID',
    ]);
  });

  it('knows its caller before a body is read', async () => {
    await serve(whoAmI);
    const payload = { big: 'x'.repeat(5000) };
    expect(failure(await server.inject({ method: 'PUT', url: '/me', payload }))).toEqual([
      401,
      'OSS_CREDENTIALS_INVALID',
    ]);
    const headers = { authorization: 'me' };
    expect(failure(await server.inject({ method: 'PUT', url: '/me', payload, headers }))).toEqual([
      413,
      'OSS_PAYLOAD_TOO_LARGE',
    ]);
    const small = await server.inject({ method: 'PUT', url: '/me', payload: { big: '' }, headers });
    expect(small.json()).toEqual({ caller: 'me' });
  });
});

describe('every listener of the service', () => {
  it('answers an unknown address and an unexpected failure in the one shape, and tells nothing of its own', async () => {
    const broken = open({
      method: 'GET',
      path: '/broken',
      summary: 'Breaks',
      tag: 'test',
      handle: () => Promise.reject(new Error('password=secret')),
    });
    await serve(broken);
    expect(failure(await server.inject({ url: '/nowhere' }))).toEqual([404, 'OSS_NOT_FOUND']);
    const response = await server.inject({ url: '/broken' });
    expect(failure(response)).toEqual([500, 'OSS_INTERNAL']);
    expect(response.body).not.toContain('secret');
    expect(response.headers).toMatchObject({ 'x-content-type-options': 'nosniff' });
    expect(response.headers).not.toHaveProperty('strict-transport-security');
  });

  it('is probed as often as somebody likes', async () => {
    const limits = { ...LIMITS, callsPerMinute: 1 };
    server = await createServer({ limits, log: pino({ level: 'silent' }) });
    const ready = async () => ({ status: 'not ready' as const, checks: {} });
    await mountRoutes(server, { ready } as never, PROBES, limits);
    for (let call = 0; call < 3; call += 1) {
      expect((await server.inject({ url: '/health' })).json()).toEqual({ status: 'ok' });
    }
    expect((await server.inject({ url: '/ready' })).headers['retry-after']).toBe('2');
  });
});
