import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient, corpus, newSigner, type Response } from './client.ts';
import { type OptimizerProcess, startOptimizer } from './optimizer-process.ts';

const NAME = 'Núñez Ångström';
const PDF = readFileSync(corpus('pdftex.pdf'));

let data: string;
let optimizer: OptimizerProcess;
let classic: ApiClient;
let newer: ApiClient;
let token: string;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'bodies-'));
  optimizer = await startOptimizer({ data });
  classic = new ApiClient(optimizer.url);
  newer = new ApiClient(optimizer.url, '/oneshot/api/v1');
  token = await classic.token();
});
afterAll(async () => {
  await optimizer?.stop();
  await rm(data, { recursive: true, force: true });
});

const signer = () => ({ token, ...newSigner(), surname_1: NAME });
const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

type Headers = Readonly<Record<string, string>>;
const post = (
  client: ApiClient,
  path: string,
  body: Uint8Array | string,
  headers: Headers,
): Promise<Response> => client.call('POST', path, { body: body as string, headers });

async function nameOf(client: ApiClient, { http, body }: Response): Promise<string> {
  expect(http, JSON.stringify(body)).toBe(201);
  const pk = client === classic ? body.details : body.details.pk;
  return (await classic.get(`/request/${pk}`)).body.details.surname_1;
}

const TAKEN: readonly (readonly [string, Headers, (json: string) => Uint8Array | string])[] = [
  ['UTF-8 with a byte order mark', { 'content-type': 'application/json' }, (json) => `\ufeff${json}`],
  ['UTF-16', { 'content-type': 'application/json' }, utf16],
  ['its announced charset', { 'content-type': 'application/json; charset=ISO-8859-1' }, latin1],
  ['a mark against the announced charset', { 'content-type': 'application/json; charset=latin1' }, utf16],
  ['gzip', { 'content-type': 'application/json', 'content-encoding': 'gzip' }, gzipSync],
  ['deflate', { 'content-type': 'application/json', 'content-encoding': 'Deflate' }, deflateSync],
  ['Brotli', { 'content-type': 'application/json', 'content-encoding': 'br' }, brotliCompressSync],
  ['the name of a form', { 'content-type': 'application/x-www-form-urlencoded' }, (json) => json],
  ['the name of a form of parts', { 'content-type': 'multipart/form-data; boundary=x' }, (json) => json],
  ['the name of bytes', { 'content-type': 'application/octet-stream' }, (json) => json],
  [
    'a name twice with one value',
    { 'content-type': 'application/json' },
    (json) => json.replace('{', `{"surname_1": ${JSON.stringify(NAME)} ,`),
  ],
];

describe('JSON', () => {
  describe.each(['classic', 'newer'] as const)('in the %s dialect', (dialect) => {
    it.each(TAKEN)('in %s is taken', async (_name, headers, encode) => {
      const client = dialect === 'classic' ? classic : newer;
      const response = await post(client, '/request', encode(JSON.stringify(signer())), headers);
      expect(await nameOf(client, response)).toBe(NAME);
    });
  });

  const JSON_TYPE = { 'content-type': 'application/json' };
  it.each([
    [
      'Latin-1 that nobody announced',
      latin1('{\n"surname_1": "N\u00fa\u00f1ez"}'),
      JSON_TYPE,
      /Not UTF-8 text: line 2 column 16 \(char 17\)/,
    ],
    [
      'a name twice',
      '{"secret": "1",\n "secret": "2"}',
      JSON_TYPE,
      /twice, with different values: line 2 column 2 \(char 17\)/,
    ],
    [
      'a name twice, once in escapes',
      '{"a": {"b": 1, "\\u0062": 2}}',
      JSON_TYPE,
      /twice, with different values: line 1 column 16/,
    ],
    [
      'a mistake in the middle',
      '{"a": 1,\n"b": Lovelace,\n"c": 2}',
      JSON_TYPE,
      /Expecting value: line 2 column 6 \(char 14\)$/,
    ],
    ['a PDF', PDF, JSON_TYPE, /line 1 column 1 \(char 0\)\. The body is a PDF/],
    [
      'a form',
      'secret=1',
      JSON_TYPE,
      /line 1 column 1 \(char 0\)\. The body is a form: .*x-www-form-urlencoded/,
    ],
  ] as const)('%s is refused with its place', async (_name, body, headers, expected) => {
    const { http, body: response } = await post(classic, '/request', body, headers);
    expect(http).toBe(400);
    expect(response.details).toMatch(expected);
    expect(JSON.stringify(response)).not.toMatch(/Lovelace|ez"/);
  });

  it.each([
    [
      'an unknown coding',
      { 'content-encoding': 'zstd' },
      '{}',
      415,
      /Content-Encoding is none of gzip, deflate, br/,
    ],
    ['two codings', { 'content-encoding': 'gzip, gzip' }, gzipSync(gzipSync('{}')), 415, /Content-Encoding/],
    ['what is not packed', { 'content-encoding': 'gzip' }, '{}', 400, /not gzip, as Content-Encoding says/],
    [
      'what is cut off',
      { 'content-encoding': 'gzip' },
      gzipSync('{"a": "b"}').subarray(0, 15),
      400,
      /not gzip/,
    ],
    [
      'more than is taken',
      { 'content-encoding': 'gzip' },
      gzipSync(Buffer.alloc(64 << 20)),
      413,
      /Too much|times as large/,
    ],
    [
      'an unknown charset',
      { 'content-type': 'application/json; charset=klingon' },
      '{}',
      415,
      /charset of the body is not known: klingon/,
    ],
  ])('in %s is refused with the reason', async (_name, headers, body, status, expected) => {
    const { http, body: response } = await post(newer, '/request', body, {
      ...JSON_TYPE,
      ...headers,
    } as Headers);
    expect([http, response.message]).toEqual([status, expect.stringMatching(expected)]);
  });
});

describe('a form of fields', () => {
  const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
  it('says each field once', async () => {
    const twice = await post(classic, '/request', 'surname_1=a&token=x&surname_1=b', FORM);
    expect([twice.http, twice.body.details]).toEqual([
      400,
      "The field 'surname_1' stands twice, with different values",
    ]);
    const { token: _, ...fields } = signer();
    const same = new URLSearchParams([['token', token], ['token', token], ...Object.entries(fields)]);
    expect(await nameOf(classic, await post(classic, '/request', same.toString(), FORM))).toBe(NAME);
  });

  it('is UTF-8 below its percent signs', async () => {
    const { http, body } = await post(classic, '/request', 'surname_1=N%FA%F1ez', FORM);
    expect([http, body.details]).toEqual([400, "The field 'surname_1' is not UTF-8 text"]);
  });

  it('may come as parts, at calls that take no files', async () => {
    const { pk } = await classic.readyToSign(corpus('pdftex.pdf'));
    const form = new FormData();
    form.set('secret', '000000');
    expect(await classic.call('POST', `/sign/${pk}`, { body: form })).toMatchObject({ http: 200 });
    form.set('file', new Blob(['x']), 'a.pdf');
    const refused = await classic.call('POST', `/sign/${pk}`, { body: form });
    expect([refused.http, refused.body.details]).toEqual([400, 'This call takes no files']);
  });
});

describe('an upload', () => {
  const part = (head: string, content: Uint8Array): Buffer =>
    Buffer.concat([Buffer.from(`--b\r\n${head}\r\n\r\n`), content, Buffer.from('\r\n--b--\r\n')]);
  const PARTS = { 'content-type': 'multipart/form-data; boundary=b' };
  const disposition = 'Content-Disposition: form-data; name="file"';
  // A comment in front of where its end says that the cross-reference is.
  const end = PDF.lastIndexOf('startxref');
  const big = Buffer.concat([
    PDF.subarray(0, end),
    Buffer.from(`%${'x'.repeat(100_000)}
`),
    PDF.subarray(end),
  ]);

  it.each([
    ['a PDF alone', PDF, { 'content-type': 'application/pdf' }, 'document'],
    [
      'a PDF alone, named',
      PDF,
      {
        'content-type': 'application/pdf',
        'content-disposition': "attachment; filename*=UTF-8''a%C3%B1o.pdf",
      },
      'año.pdf',
    ],
    ['a PDF that is called a form', PDF, { 'content-type': 'application/x-www-form-urlencoded' }, 'document'],
    ['a PDF that is called a form of parts', PDF, PARTS, 'document'],
    ['a PDF without a type', PDF, {}, 'document'],
    [
      'a packed PDF',
      gzipSync(PDF),
      { 'content-type': 'application/pdf', 'content-encoding': 'gzip' },
      'document',
    ],
    [
      'a packed form',
      gzipSync(part(`${disposition}; filename="a.pdf"`, PDF)),
      { ...PARTS, 'content-encoding': 'gzip' },
      'a.pdf',
    ],
    ['a part without a file name', part(disposition, PDF), PARTS, 'file'],
    [
      'a part without a file name, with a type',
      part(`${disposition}\r\nContent-Type: application/pdf`, PDF),
      PARTS,
      'file',
    ],
    [
      'a part under another name',
      part('Content-Disposition: form-data; name="x"\r\nContent-Type: application/pdf', PDF),
      PARTS,
      'x',
    ],
    [
      'a form that is called JSON',
      part(`${disposition}; filename="a.pdf"`, PDF),
      { 'content-type': 'application/json' },
      'a.pdf',
    ],
  ])('%s is taken, byte by byte', async (_name, body, headers, filename) => {
    const pk = await classic.request();
    const uploaded = await post(classic, `/document/${pk}`, body, headers as Headers);
    expect(uploaded.http, JSON.stringify(uploaded.body)).toBe(200);
    const [uid = ''] = Object.keys((await classic.get(`/documents/${pk}`)).body.details);
    expect((await classic.get(`/documents/${pk}`)).body.details[uid].filename).toBe(filename);
    expect(Buffer.from((await classic.bytes(`/document/${pk}/original/${uid}`)).bytes)).toEqual(PDF);
  });

  it('of more than a field may hold loses nothing', async () => {
    const pk = await classic.request();
    await post(classic, `/document/${pk}`, part(disposition, big), PARTS);
    const [uid = ''] = Object.keys((await classic.get(`/documents/${pk}`)).body.details);
    expect(Buffer.from((await classic.bytes(`/document/${pk}/original/${uid}`)).bytes)).toEqual(big);
  });

  it.each([
    [
      'JSON',
      '{"file": "x"}',
      { 'content-type': 'application/json' },
      400,
      /multipart\/form-data is needed: the body is JSON/,
    ],
    [
      'base64',
      part(
        `${disposition}; filename="a.pdf"\r\nContent-Transfer-Encoding: base64`,
        Buffer.from(PDF.toString('base64')),
      ),
      PARTS,
      400,
      /'file' is in base64: send its bytes as they are/,
    ],
    ['a packed form that is none', PDF, { ...PARTS, 'content-encoding': 'gzip' }, 400, /not gzip/],
    [
      'a bomb',
      gzipSync(Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(64 << 20)])),
      { 'content-type': 'application/pdf', 'content-encoding': 'gzip' },
      413,
      /200 times as large/,
    ],
    [
      'a field cut off',
      part('Content-Disposition: form-data; name="note"', Buffer.alloc(70_000, 'x')),
      PARTS,
      413,
      /Field too large: note/,
    ],
    [
      'two fields of one name',
      Buffer.concat([
        part('Content-Disposition: form-data; name="a"', Buffer.from('1')).subarray(0, -7),
        part('Content-Disposition: form-data; name="a"', Buffer.from('2')),
      ]),
      PARTS,
      400,
      /'a' stands twice/,
    ],
    ['a text', 'hello', { 'content-type': 'text/plain' }, 400, /multipart\/form-data is needed/],
  ])('%s is refused with the reason, and nothing stays', async (_name, body, headers, status, expected) => {
    const pk = await classic.request();
    const { http, body: response } = await post(
      classic,
      `/document/${pk}`,
      body,
      headers as unknown as Headers,
    );
    expect([http, response.details]).toEqual([status, expect.stringMatching(expected)]);
    expect((await classic.get(`/documents/${pk}`)).http).toBe(404);
    await expect.poll(() => readdir(join(data, 'optimizer', 'api', 'incoming'))).toEqual([]);
  });
});
