import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REQUESTS_PYTHON } from '../../../scripts/prerequisites.mjs';
import { describeWithJudge } from '../../conformance/judges/at-hand.ts';
import { ApiClient, corpus, newSigner } from './client.ts';
import { type OptimizerProcess, startOptimizer } from './optimizer-process.ts';

const PICTURE = join(import.meta.dirname, '../../conformance/handwriting.png');

let data: string;
let optimizer: OptimizerProcess;
let client: ApiClient;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'optimizer-styles-'));
  optimizer = await startOptimizer({ data });
  client = new ApiClient(optimizer.url);
});
afterAll(async () => {
  await optimizer?.stop();
  await rm(data, { recursive: true, force: true });
});

const runs = (...command: readonly [string, ...string[]]): boolean =>
  spawnSync(command[0], command.slice(1), { stdio: 'ignore' }).status === 0;

/** What was asked for is the original, with more behind it. */
function expectSigned(path: string, original: string): void {
  const [signed, plain] = [readFileSync(path), readFileSync(original)];
  expect(signed.subarray(0, plain.length)).toEqual(plain);
  expect(signed.subarray(plain.length).includes('/ETSI.CAdES.detached')).toBe(true);
}

describe.skipIf(!runs('curl', '--version'))('plain curl', () => {
  const curl = (...args: string[]): string => execFileSync('curl', ['-sS', ...args], { encoding: 'utf8' });
  const json = ['--header', 'Content-Type: application/json'];
  const forms = (fields: object): string[] =>
    Object.entries(fields).flatMap(([key, value]) => ['--form', `${key}=${value}`]);
  const pictures = { document_front: `@${PICTURE}`, document_rear: `@${PICTURE}` };

  it('the eight steps of the guide', () => {
    const api = `${optimizer.url}/api/v1`;
    const details = (response: string) => JSON.parse(response).details;
    const token = Object.keys(details(curl(`${api}/tokens`)))[0];
    const pk = details(
      curl(`${api}/request`, ...forms({ token, profile: 'PFnubeNC', ...newSigner(), ...pictures })),
    );
    const uid = details(curl(`${api}/document/${pk}`, '--form', `file=@${corpus('libreoffice.pdf')}`));
    const image = details(curl(`${api}/image`, '--form', `image=@${PICTURE}`));
    const contract = join(data, 'contract.pdf');
    curl(`${api}/document/${pk}/contract`, '--output', contract);
    expect(readFileSync(contract).subarray(0, 5).toString()).toBe('%PDF-');
    expect(details(curl('--request', 'POST', `${api}/otp/${pk}`, ...json))).toBe('OTP generated');
    const options = { [uid]: { page: '0', position: '300, 100, 500, 150', image } };
    const body = JSON.stringify({ secret: '000000', use_signature_text: true, options });
    expect(details(curl(`${api}/sign/${pk}`, ...json, '--data', body))).toBe('Documents correctly signed');
    const signed = join(data, 'signed.pdf');
    curl(`${api}/document/${pk}/signed/${uid}`, '--output', signed);
    expectSigned(signed, corpus('libreoffice.pdf'));
    expect(details(curl('--request', 'DELETE', `${api}/documents/${pk}`))).toBe(
      'Documents deleted successfully',
    );
  });

  it('the same steps in the newer dialect', () => {
    const api = `${optimizer.url}/oneshot/api/v1`;
    const answered = (response: string) => {
      const body = JSON.parse(response);
      expect(body.status).toBe('success');
      return body;
    };
    const token = Object.keys(answered(curl(`${api}/tokens`)).details)[0];
    const signer = { token, profile: 'PFnubeNC', ...newSigner(), ...pictures };
    const { pk } = answered(curl(`${api}/create`, ...forms(signer))).details;
    const file = `file=@${corpus('libreoffice.pdf')}`;
    const { uid } = answered(curl(`${api}/document/${pk}`, '--form', file)).detail;
    const image = answered(curl(`${api}/image`, '--form', `image=@${PICTURE}`)).details.image_uid;
    const contract = join(data, 'newer-contract.pdf');
    curl(`${api}/contract/${pk}`, '--output', contract);
    expect(readFileSync(contract).subarray(0, 5).toString()).toBe('%PDF-');
    answered(curl('--request', 'POST', `${api}/otp/${pk}`));
    const appearance = { text: ['%(CN)s'], position: '300,100,500,150', page: 0, image };
    const body = JSON.stringify({ secret: '000000', signature: { appearance } });
    answered(curl(`${api}/sign/${pk}`, ...json, '--data', body));
    const signed = join(data, 'newer-signed.pdf');
    curl(`${api}/document/${pk}/${uid}?document_type=signed`, '--output', signed);
    expectSigned(signed, corpus('libreoffice.pdf'));
    expect(answered(curl('--request', 'DELETE', `${api}/document/${pk}`)).message).toBe(
      `Documents deleted for Request ${pk}`,
    );
  });
});

function signsInPython(style: string, python: string): void {
  const signed = join(data, `${style}.pdf`);
  const client = join(import.meta.dirname, 'one_shot_client.py');
  execFileSync(python, [client, optimizer.url, corpus('pdftex.pdf'), signed, PICTURE, style], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  expectSigned(signed, corpus('pdftex.pdf'));
}

// Where Schemathesis is, `requests` is too: it calls with it.
describeWithJudge('Schemathesis', 'Python with requests', () => {
  it.each(['requests', 'newer'])('a client of style "%s"', (style) => signsInPython(style, REQUESTS_PYTHON));
});

describe.skipIf(!runs('python3', '--version'))('Python alone', () => {
  it('a client of style "urllib"', () => signsInPython('urllib', 'python3'));
});

describe('forms that are not quite right', () => {
  const content = readFileSync(corpus('pdftex.pdf')).toString('latin1');
  const part = 'Content-Disposition: form-data; name="file"; filename="a.pdf"';
  const form = (boundary: string): string =>
    `--${boundary}\r\n${part}\r\n\r\n${content}\r\n--${boundary}--\r\n`;

  it.each([
    ['no boundary is announced', 'multipart/form-data', form('abc123')],
    ['another boundary is announced', 'multipart/form-data; boundary=xyz', form('abc123')],
    ['the boundary is quoted', 'multipart/form-data; boundary="a b"', form('a b')],
    [
      'something stands before the first part',
      'multipart/form-data; boundary=abc',
      `preamble\r\n${form('abc')}`,
    ],
  ])('%s: taken', async (_name, contentType, body) => {
    const pk = await client.request();
    expect(await send(`/api/v1/document/${pk}`, contentType, body)).toMatch(
      /^HTTP\/1\.1 200 [\s\S]*"details":"[0-9a-f-]{36}"/,
    );
  });

  it.each([
    ['no part at all', 'multipart/form-data', ''],
    ['not a form', 'multipart/form-data', 'file=a'],
    ['no form', 'application/json', '{}'],
    ['cut off within a file', 'multipart/form-data; boundary=abc', form('abc').slice(0, 9000)],
  ])('%s: 400', async (_name, contentType, body) => {
    const pk = await client.request();
    expect(await send(`/api/v1/document/${pk}`, contentType, body)).toMatch(/^HTTP\/1\.1 400 /);
    expect((await client.get(`/documents/${pk}`)).http).toBe(404);
  });

  /** Exactly these bytes. */
  async function send(path: string, contentType: string, body: string): Promise<string> {
    const { hostname, port } = new URL(optimizer.url);
    const socket = connect(Number(port), hostname);
    const head = [
      `POST ${path} HTTP/1.1`,
      `Host: ${hostname}:${port}`,
      `Content-Type: ${contentType}`,
      `Content-Length: ${Buffer.byteLength(body, 'latin1')}`,
      'Connection: close',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    socket.write(Buffer.from(body, 'latin1'));
    return text(socket);
  }
});

describe('a browser', () => {
  it('shows a signed file that it is sent to, with its name', async () => {
    const { pk, uid } = await client.readyToSign(corpus('pdftex.pdf'));
    await client.post(`/sign/${pk}`, { secret: '000000' });
    const { headers } = await fetch(`${client.base}/document/${pk}/signed/${uid}`);
    expect(headers.get('content-type')).toBe('application/pdf');
    expect(headers.get('content-disposition')).toMatch(/^inline; filename="pdftex-signed\.pdf"/);
  });
});
