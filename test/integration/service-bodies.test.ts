/** What clients and what stands in front of them make of a body, at the signature service. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SANDBOX_OFFICER } from '../../src/service/index.ts';
import { newIdentity, startTestService, type TestService } from './service-client.ts';

const PDF = readFileSync(join(import.meta.dirname, '../corpus/pdftex.pdf'));
const JSON_TYPE = { 'content-type': 'application/json' };

let running: TestService;
let authorization: string;
beforeAll(async () => {
  running = await startTestService();
  const { body } = await running.client.login();
  authorization = `Bearer ${body.token}`;
});
afterAll(() => running.close());

type Headers = Readonly<Record<string, string>>;

async function post(path: string, body: Uint8Array | string, headers: Headers) {
  const response = await fetch(`${running.client.apiUrl}${path}`, {
    method: 'POST',
    headers: { authorization, ...headers },
    body: body as string,
  });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

const creation = (): string =>
  JSON.stringify({
    identity: newIdentity(),
    registrationAuthority: SANDBOX_OFFICER.registrationAuthority,
    profile: 'single-use-p256',
    pin: SANDBOX_OFFICER.pin,
  });

it.each<readonly [string, Headers, (json: string) => Uint8Array | string]>([
  ['with a byte order mark', JSON_TYPE, (json) => `\ufeff${json}`],
  ['in UTF-16', JSON_TYPE, (json) => Buffer.from(`\ufeff${json}`, 'utf16le')],
  ['in gzip', { ...JSON_TYPE, 'content-encoding': 'gzip' }, gzipSync],
  ['in deflate', { ...JSON_TYPE, 'content-encoding': 'deflate' }, deflateSync],
  ['in Brotli', { ...JSON_TYPE, 'content-encoding': 'br' }, brotliCompressSync],
  ['called a form', { 'content-type': 'application/x-www-form-urlencoded' }, (json) => json],
  ['called a form of parts', { 'content-type': 'multipart/form-data; boundary=x' }, (json) => json],
  ['called bytes', { 'content-type': 'application/octet-stream' }, (json) => json],
  [
    'with a name twice, and one value',
    JSON_TYPE,
    (json) => json.replace('{', '{"profile":"single-use-p256",'),
  ],
])('JSON %s is taken', async (_name, headers, encode) => {
  const { status, body } = await post('/v1/requests', encode(creation()), headers);
  expect(status, JSON.stringify(body)).toBe(201);
  expect(body.identity?.givenName ?? 'Zoë').toBe('Zoë');
});

const part = (head: string, content: Uint8Array | string): Buffer =>
  Buffer.concat([Buffer.from(`--b\r\n${head}\r\n\r\n`), Buffer.from(content), Buffer.from('\r\n--b--\r\n')]);

describe('refused with the true reason, and the place', () => {
  it.each<readonly [string, Headers, Uint8Array | string, number, RegExp]>([
    [
      'a mistake',
      JSON_TYPE,
      '{"profile": 1,\n"pin": Lovelace}',
      400,
      /^line 2, column 8: a value is missing$/,
    ],
    ['a text that is cut off', JSON_TYPE, '{"profile": "x"', 400, /^line 1, column 16: it ends too early/],
    ['a name twice', JSON_TYPE, '{"pin": "1",\n "pin": "2"}', 400, /^line 2, column 2: a name stands twice/],
    ['Latin-1', JSON_TYPE, Buffer.from('{"pin": "\u00f1"}', 'latin1'), 400, /^line 1, column 10: not UTF-8/],
    ['a PDF', JSON_TYPE, PDF, 400, /^the body is a PDF; documents are never sent/],
    ['a PDF by its name', { 'content-type': 'application/pdf' }, PDF, 400, /^the body is a PDF/],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'pin=1', 400, /^the body is a form;/],
    [
      'a form of parts',
      { 'content-type': 'multipart/form-data; boundary=b' },
      part('Content-Disposition: form-data; name="file"', PDF),
      400,
      /^the body is a form of parts/,
    ],
    [
      'an unknown coding',
      { ...JSON_TYPE, 'content-encoding': 'zstd' },
      '{}',
      400,
      /^Content-Encoding is none of/,
    ],
    ['what is not packed', { ...JSON_TYPE, 'content-encoding': 'br' }, '{}', 400, /^The body is not br/],
    [
      'what is cut off while packed',
      { ...JSON_TYPE, 'content-encoding': 'gzip' },
      gzipSync('{"pin": "1"}').subarray(0, 15),
      400,
      /^The body is not gzip/,
    ],
  ])('%s', async (_name, headers, body, status, reason) => {
    const response = await post('/v1/requests', body, headers);
    const { code, details } = response.body.error;
    expect([response.status, code]).toEqual([status, 'OSS_REQUEST_INVALID']);
    expect(details.reason).toMatch(reason);
    expect(JSON.stringify(response.body)).not.toContain('Lovelace');
    if (headers['content-encoding'] === 'zstd')
      expect(response.headers.get('accept-encoding')).toBe('gzip, deflate, br');
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const)('a bomb in %s, without unpacking it', async (coding, pack) => {
    const bomb = pack(Buffer.alloc(256 << 20, ' '));
    const before = process.memoryUsage().rss;
    const response = await post('/v1/requests', bomb, { ...JSON_TYPE, 'content-encoding': coding });
    expect([response.status, response.body.error.code]).toEqual([413, 'OSS_PAYLOAD_TOO_LARGE']);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 << 20);
  });

  it('unpacks nothing for who has not logged in', async () => {
    const response = await post('/v1/requests', gzipSync('{'), {
      ...JSON_TYPE,
      'content-encoding': 'gzip',
      authorization: 'Bearer x',
    });
    expect(response.status).toBe(401);
  });
});
