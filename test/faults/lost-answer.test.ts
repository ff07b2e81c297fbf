/**
 * The service has signed and its answer never arrives: on every way to it the same signature is fetched, and none made
 * twice.
 */
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { verifyFile } from '../../src/optimizer/index.ts';
import { certificatesFromPem } from '../../src/pki/index.ts';
import { SANDBOX_OFFICER } from '../../src/service/index.ts';
import { jsonLines, oneshot } from '../integration/command-line.ts';
import { ApiClient, corpus } from '../integration/optimizer-api/client.ts';
import { startOptimizer } from '../integration/optimizer-api/optimizer-process.ts';
import {
  makeToken,
  startTrialService,
  type TrialService,
} from '../integration/optimizer-api/trial-service.ts';
import { newSigner, Station } from '../integration/station.ts';
import { type ManInTheMiddle, startManInTheMiddle } from './man-in-the-middle.ts';

const CODE = { secret: '000000' };
const MINUTES = 180_000;
const TIMES = 3;

let service: TrialService;
let middle: ManInTheMiddle;
let folder: string;
let anchor: string;
/** Certificates that the service answered with, whether the answer arrived or not. */
let issued: Set<string>;
let lost: number;

beforeAll(async () => {
  service = await startTrialService();
  middle = await startManInTheMiddle(service.url);
  anchor = service.args()[3] ?? '';
});
afterAll(async () => {
  await middle.close();
  await service.close();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lost-answer-'));
  [issued, lost] = [new Set(), 0];
  middle.behave({
    alterResponse({ method, path }, response) {
      if (!/\/(sign|signature)$/.test(path) || response.status !== 200) return response;
      issued.add(JSON.parse(response.body.toString('utf8')).certificate);
      // A call is repeated twice by itself.
      if (method !== 'POST' || lost >= TIMES) return response;
      lost += 1;
      // What stands between tells the caller of a failure of its own.
      return { status: 502, body: Buffer.from('<html>Bad Gateway</html>') };
    },
  });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Answers were lost, one certificate issued, and the file is signed with it. */
async function expectOneSignature(directory: string, name: string): Promise<void> {
  expect([lost, issued.size]).toEqual([TIMES, 1]);
  expect(await readdir(directory)).toEqual([name]);
  const anchors = certificatesFromPem(await readFile(anchor, 'utf8'));
  const { signatures } = await verifyFile(join(directory, name), { anchors, at: new Date() });
  expect(signatures.map(({ verdict }) => verdict)).toEqual(['valid']);
}

it(
  '`oneshot sign`, and `oneshot resume` after it',
  async () => {
    const [identity, out] = [join(folder, 'identity.json'), join(folder, 'out')];
    await mkdir(out);
    await writeFile(identity, JSON.stringify(newSigner()));
    const access = ['--service', middle.url, '--anchor', anchor, '--user', SANDBOX_OFFICER.username];
    const where = ['--data', join(folder, 'data'), ...access, '--json'];
    const authority = ['--registration-authority', SANDBOX_OFFICER.registrationAuthority];
    const what = [corpus('pdftex.pdf'), '--identity', identity, '--otp', 'sandbox', '--out', out];
    const signed = await oneshot(['sign', ...what, ...authority, ...where]);
    expect(signed.code, signed.stderr).toBe(1);
    expect(await readdir(out)).toEqual([]);
    const resumed = await oneshot(['resume', ...where]);
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(jsonLines(resumed)).toMatchObject([{ state: 'delivered' }]);
    await expectOneSignature(out, 'pdftex-signed.pdf');
  },
  MINUTES,
);

it.each(['the same call again', 'a kill and a start'])(
  'the REST API, by %s',
  async (way) => {
    const start = () => startOptimizer({ data: folder, args: service.args(middle.url) });
    let optimizer = await start();
    try {
      await makeToken(optimizer.url);
      let client = new ApiClient(optimizer.url);
      const { pk, uid } = await client.readyToSign(corpus('pdftex.pdf'));
      const failed = await client.post(`/sign/${pk}`, CODE);
      expect(failed.http, JSON.stringify(failed.body)).toBeGreaterThanOrEqual(500);
      if (way === 'a kill and a start') {
        await optimizer.kill();
        optimizer = await start();
        client = new ApiClient(optimizer.url);
        const status = async () => (await client.get(`/request/${pk}`)).body.details.status;
        await expect.poll(status, { timeout: 60_000 }).toBe('ISSUED');
      } else expect(await client.post(`/sign/${pk}`, CODE)).toMatchObject({ http: 200 });
      expect((await client.bytes(`/document/${pk}/signed/${uid}`)).http).toBe(200);
      const { certificate_set: certificates } = (await client.get(`/request/${pk}`)).body.details;
      expect(certificates).toHaveLength(1);
      const directory = join(folder, 'optimizer', 'api', 'requests', String(pk), 'signed');
      const [name = ''] = await readdir(directory);
      await expectOneSignature(directory, name);
    } finally {
      await optimizer.stop();
    }
  },
  MINUTES,
);

it(
  'the watched folder, by looking again',
  async () => {
    await mkdir(join(folder, 'in'));
    await copyFile(corpus('pdftex.pdf'), join(folder, 'in', 'order.pdf'));
    const order = {
      identity: newSigner(),
      registrationAuthority: SANDBOX_OFFICER.registrationAuthority,
      authorisation: { type: 'external', method: 'branch-card', reference: '12345678-12345678' },
    };
    await writeFile(join(folder, 'in', 'order.json'), JSON.stringify(order));
    const access = ['--service', middle.url, '--anchor', anchor, '--user', SANDBOX_OFFICER.username];
    const watch = ['watch', folder, '--once', '--data', join(folder, '.data'), ...access, '--json'];
    const first = await oneshot(watch);
    if (first.code !== 0) expect((await oneshot(watch)).code).toBe(0);
    await expectOneSignature(join(folder, 'done', 'order', 'signed'), 'order-signed.pdf');
  },
  MINUTES,
);

it.each(['with the same code', 'with another code that was typed'])(
  'the desk, where the signer agrees again %s',
  async (how) => {
    const station = await Station.open({
      serviceUrl: middle.url,
      anchor: await readFile(anchor, 'utf8'),
      directory: folder,
    });
    const transaction = await station.review([{ path: corpus('pdftex.pdf') }]);
    const code = await station.receiveCode(transaction);
    const sign = (typed: string) => station.optimizer.sign(transaction.id, { type: 'otp', code: typed });
    await expect(sign(code)).rejects.toMatchObject({ code: 'OSS_SERVICE_FAILED', retryable: true });
    await sign(how === 'with the same code' ? code : '999999');
    const [report] = await station.optimizer.deliver(transaction.id);
    await station.close();
    const delivered = report?.file ?? '';
    await expectOneSignature(join(delivered, '..'), 'pdftex-signed.pdf');
  },
  MINUTES,
);
