import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openssl } from '../../support/openssl.ts';
import { jsonLines, oneshot } from '../command-line.ts';
import { ApiClient, corpus } from './client.ts';
import { type OptimizerProcess, startOptimizer, TRIAL } from './optimizer-process.ts';

let data: string;
let optimizer: OptimizerProcess;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'optimizer-security-'));
});
afterAll(async () => {
  await rm(data, { recursive: true, force: true });
});

/** A call with headers that `fetch` would not let through. */
function call(
  url: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ http: number | undefined; body: string }> {
  return new Promise((settle, fail) => {
    request(url, { headers, method }, async (response) => {
      settle({ http: response.statusCode, body: await text(response) });
    })
      .on('error', fail)
      .end();
  });
}

describe('without a key, on this machine', () => {
  beforeAll(async () => {
    optimizer = await startOptimizer({ data });
  });
  afterAll(() => optimizer?.stop());

  it.each([
    ['another name (DNS rebinding)', { host: 'attacker.example' }],
    ['another name with our port', { host: 'attacker.example:PORT' }],
    ['our name with another port', { host: '127.0.0.1:1' }],
    ['a page of another origin', { origin: 'https://attacker.example' }],
    ['a page of another port', { origin: 'http://127.0.0.1:1' }],
    ['a page without origin', { origin: 'null' }],
    ['a form of another site', { 'sec-fetch-site': 'cross-site' }],
  ])('refuses %s', async (_name, headers) => {
    const { port } = new URL(optimizer.url);
    const sent = Object.fromEntries(
      Object.entries(headers).map(([key, value]) => [key, value.replace('PORT', port)]),
    );
    const answer = await call(`${optimizer.url}/api/v1/tokens`, sent);
    expect(answer.http).toBe(403);
    expect(answer.body).not.toContain('officer');
  });

  it('answers localhost and its own page', async () => {
    const { port } = new URL(optimizer.url);
    expect((await call(`http://localhost:${port}/api/v1/hello`)).http).toBe(200);
    expect((await call(`${optimizer.url}/api/v1/hello`, { origin: optimizer.url })).http).toBe(200);
  });

  it('no file of the data directory holds a password, PIN or code in the clear', async () => {
    const client = new ApiClient(optimizer.url);
    const { pk } = await client.readyToSign(corpus('pdftex.pdf'));
    await client.post(`/sign/${pk}`, { secret: '000000' });
    const found = execFileSync(
      'sh',
      [
        '-c',
        'grep -rlaE "sandbox-password|482913" "$1" --exclude-dir=service || true',
        '-',
        join(data, 'optimizer'),
      ],
      { encoding: 'utf8' },
    );
    expect(found).toBe('');
  });

  it('too much JSON is refused, not read', async () => {
    const client = new ApiClient(optimizer.url);
    const answer = await client.post('/settings', { tsa: { tsa_url: 'a'.repeat(2 * 1024 * 1024) } });
    expect(answer).toMatchObject({ http: 413, body: { details: 'Too much data was sent' } });
  });

  it('a member called __proto__ changes nothing', async () => {
    const client = new ApiClient(optimizer.url);
    await client.call('POST', '/settings', {
      body: '{"__proto__":{"polluted":1},"tsa":{"__proto__":{"tsa_url":"x"}}}',
      headers: { 'content-type': 'application/json' },
    });
    expect((await client.get('/settings')).body.details.tsa.tsa_url).toBe('');
  });
});

describe('with API keys', () => {
  let key: string;
  let elsewhere: string;

  beforeAll(async () => {
    [{ key } = { key: '' }] = jsonLines(await oneshot(['api-key', 'bank', '--data', data, '--json'])) as {
      key: string;
    }[];
    const limited = ['api-key', 'other', '--address', '10.1.2.3', '--data', data, '--json'];
    [{ key: elsewhere } = { key: '' }] = jsonLines(await oneshot(limited)) as { key: string }[];
    optimizer = await startOptimizer({ data, args: ['--sandbox'] });
  });
  afterAll(() => optimizer?.stop());

  it('lets in who has one, from where it may be used', async () => {
    const url = `${optimizer.url}/api/v1/tokens`;
    expect((await call(url)).http).toBe(401);
    expect((await call(url, { 'x-api-key': 'osk_wrong' })).http).toBe(401);
    expect((await call(url, { 'x-api-key': key })).http).toBe(200);
    expect((await call(url, { authorization: `Bearer ${key}` })).http).toBe(200);
    expect((await call(url, { 'x-api-key': elsewhere })).http).toBe(403);
    expect((await call(`${optimizer.url}/docs`)).http).toBeLessThan(400);
  });

  it('keeps hashes only', async () => {
    const stored = await readFile(join(data, 'optimizer', 'api-keys.jsonl'), 'utf8');
    expect(stored).not.toContain(key);
    expect(stored).toMatch(/"name":"bank","sha256":"[0-9a-f]{64}"/);
  });
});

describe('what does not start', () => {
  const start = (...args: string[]) =>
    oneshot(['optimizer', '--data', join(data, 'none'), '--json', ...args]).then(
      ({ stdout }) => JSON.parse(stdout).error,
    );

  it.each([
    ['without keys and without drop-in', ['--sandbox'], 'OSS_CONFIG_INVALID'],
    ['beyond this machine without TLS', [...TRIAL, '--host', '0.0.0.0'], 'OSS_CONFIG_UNSAFE'],
    [
      'with a fixed code outside a sandbox',
      ['--service', 'http://127.0.0.1:1', '--drop-in', '--fixed-otp', '0'],
      'OSS_USAGE',
    ],
    ['with neither service nor sandbox', ['--drop-in'], 'OSS_USAGE'],
  ])('%s', async (_name, args, code) => {
    expect(await start(...args)).toMatchObject({ code });
  });
});

describe('exposed: TLS and mutual TLS', () => {
  let pki: string;

  beforeAll(async () => {
    pki = join(data, 'pki');
    execFileSync('mkdir', ['-p', pki]);
    const file = (name: string): string => join(pki, name);
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
    openssl(
      'req',
      '-x509',
      ...curve,
      '-keyout',
      file('ca.key'),
      '-out',
      file('ca.pem'),
      '-subj',
      '/CN=Test CA',
    );
    for (const [name, alternative] of [
      ['server', 'subjectAltName=IP:127.0.0.1'],
      ['client', 'subjectAltName=DNS:client'],
    ]) {
      openssl(
        ...['req', '-x509', ...curve, '-keyout', file(`${name}.key`), '-out', file(`${name}.pem`)],
        ...[
          '-subj',
          `/CN=${name}`,
          '-addext',
          alternative ?? '',
          '-CA',
          file('ca.pem'),
          '-CAkey',
          file('ca.key'),
        ],
      );
    }
    const tls = [
      '--server-cert',
      file('server.pem'),
      '--server-key',
      file('server.key'),
      '--client-ca',
      file('ca.pem'),
    ];
    optimizer = await startOptimizer({ data, args: ['--sandbox', ...tls] });
  });
  afterAll(() => optimizer?.stop());

  function hello(client: object): Promise<number | undefined> {
    const ca = readFileSync(join(pki, 'ca.pem'));
    return new Promise((settle, fail) => {
      tlsRequest(`${optimizer.url}/docs/json`, { ca, ...client }, (response) => {
        response.resume();
        settle(response.statusCode);
      })
        .on('error', fail)
        .end();
    });
  }

  it('only callers with a certificate of the authority get in', async () => {
    expect(optimizer.url).toMatch(/^https:/);
    const own = { cert: readFileSync(join(pki, 'client.pem')), key: readFileSync(join(pki, 'client.key')) };
    expect(await hello(own)).toBeLessThan(500);
    await expect(hello({})).rejects.toThrow();
  });
});
