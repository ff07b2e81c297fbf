/** A bank's network: everything leaves through a proxy, which is not always well. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { toOssError } from '../../src/contract/errors.ts';
import { type TestedAccess, testConnection } from '../../src/doctor/index.ts';
import { openSigningService } from '../../src/optimizer/index.ts';
import { GuardedHttp } from '../../src/optimizer/outbound/guarded-http.ts';
import { type RunningService, SANDBOX_OFFICER, startSignatureService } from '../../src/service/index.ts';
import { type ConnectProxy, startConnectProxy } from '../support/connect-proxy.ts';
import { makeTlsCertificates } from '../support/tls-certificates.ts';

const HOST = 'service.example';
const tls = makeTlsCertificates();

let folder: string;
let service: RunningService;
let proxy: ConnectProxy;
let access: TestedAccess;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proxy-'));
  service = await startSignatureService({
    mode: 'sandbox',
    dataDirectory: folder,
    logLevel: 'silent',
    api: { tls: tls.server },
  });
  const { username, password, pin } = SANDBOX_OFFICER;
  access = {
    baseUrl: `https://${HOST}:8443`,
    tls: { ca: tls.text('authority.pem'), cert: tls.text('station.pem'), key: tls.text('station.key') },
    credentials: { username, password, pin },
    anchors: service.ready.sandbox?.anchorPem ?? '',
    profile: undefined,
  };
});
afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true });
});

beforeEach(async () => {
  const port = Number(new URL(service.ready.apiUrl).port);
  proxy = await startConnectProxy(() => port);
  for (const name of ['http_proxy', 'https_proxy', 'no_proxy']) vi.stubEnv(name, undefined);
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY']) vi.stubEnv(name, `http://clerk:secret@${proxy.address}`);
  vi.stubEnv('NO_PROXY', 'other.example');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await proxy.stop();
});

/** A call of the signature service by its name, over TLS of both sides. */
async function call(timeout = 5000): Promise<string> {
  const { baseUrl, tls: trust, credentials } = access;
  const client = openSigningService({
    kind: 'oneshot',
    baseUrl,
    tls: trust,
    ...(credentials && { credentials }),
    timeout,
  });
  try {
    return (await client.describe()).name;
  } finally {
    await client.close();
  }
}

async function guarded(timeout = 5000): Promise<Uint8Array> {
  const http = new GuardedHttp({ allowLoopback: false, timeout, trustedHosts: ['crl.example'] });
  try {
    return await http.call({ url: 'http://crl.example/a.crl', maxBytes: 1000 });
  } finally {
    await http.close();
  }
}

const refusalOf = async (calling: Promise<unknown>) => {
  const { code, details } = await calling.then(() => {
    throw new Error('it was let through');
  }, toOssError);
  return [code, details.reason];
};

const found = async () => (await testConnection(access, () => new Date())).findings;

it('HTTPS goes through a tunnel, by the name of the service', async () => {
  expect(await call()).toBe('One-Shot Signature Service');
  expect(new Set(proxy.asked)).toEqual(new Set([`${HOST}:8443`]));
});

it('NO_PROXY is called directly, so that a name that only the proxy knows is unknown', async () => {
  vi.stubEnv('NO_PROXY', `other.example, .${HOST}`);
  expect((await refusalOf(call()))[0]).toBe('OSS_SERVICE_UNREACHABLE');
  expect((await found())[0]).toMatchObject({ check: 'address', reason: 'nameUnknown' });
  expect(proxy.asked).toEqual([]);
});

it('the connection test takes the same way, up to the log-in', async () => {
  const outcomes = Object.fromEntries((await found()).map(({ check, outcome }) => [check, outcome]));
  expect(outcomes).toMatchObject({
    address: 'passed',
    tls: 'passed',
    answer: 'passed',
    credentials: 'passed',
  });
  expect(proxy.asked.every((asked) => asked === `${HOST}:8443` || asked.startsWith('127.'))).toBe(true);
});

describe.each([
  ['wants other credentials', 407, 'wants credentials, or others (407)'],
  ['refuses', 403, 'refuses the connection (403)'],
  ['is out of order', 502, 'refuses the connection (502)'],
  ['says nothing', 'silent', 'does not answer in time'],
] as const)('a proxy that %s', (_, mood, what) => {
  it('is named in the error of a call, without credentials', async () => {
    proxy.mood = mood;
    const reason = `the proxy ${proxy.address} ${what}`;
    expect(await refusalOf(call(600))).toEqual(['OSS_SERVICE_UNREACHABLE', reason]);
    expect(await refusalOf(guarded(600))).toEqual(['OSS_SOURCE_FAILED', reason]);
  });

  it.skipIf(mood === 'silent')('is named by the connection test', async () => {
    proxy.mood = mood;
    const [address] = await found();
    expect(address).toMatchObject({ check: 'address', outcome: 'failed', reason: 'proxyFailed' });
    expect(address?.facts.why).toBe(`the proxy ${proxy.address} ${what}`);
  });
});

it('a proxy that is not there is named, and so is a variable that is no address', async () => {
  vi.stubEnv('HTTPS_PROXY', '127.0.0.1:1');
  const gone = ['OSS_SERVICE_UNREACHABLE', 'the proxy 127.0.0.1:1 cannot be reached (ECONNREFUSED)'];
  expect(await refusalOf(call())).toEqual(gone);
  vi.stubEnv('HTTPS_PROXY', 'http://');
  const wrong = ['OSS_SERVICE_UNREACHABLE', 'HTTPS_PROXY is not the address of a proxy'];
  expect(await refusalOf(call())).toEqual(wrong);
  expect((await found())[0]?.facts.why).toBe('HTTPS_PROXY is not the address of a proxy');
});
