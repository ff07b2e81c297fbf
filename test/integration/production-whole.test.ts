import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fetch } from 'undici';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { COMMAND_LINE } from '../../scripts/build.mjs';
import { Optimizer, openSigningService, type SigningService } from '../../src/optimizer/index.ts';
import { describeWithJudge, missing } from '../conformance/judges/at-hand.ts';
import { freePort } from '../support/local-server.ts';
import { findPostgres, type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { type Smsc, startTestSmsc } from '../support/smsc.ts';
import { makeSoftToken, type SoftToken } from '../support/softhsm.ts';
import { jsonLines, oneshot } from './command-line.ts';
import { makeServerCertificates } from './production-config.ts';
import { newSigner } from './station.ts';

const needed = ['PostgreSQL', 'jsmpp', 'SoftHSM'];
const judge = needed.find((name) => missing(name) !== undefined) ?? 'SoftHSM';

describeWithJudge(judge, 'a production service of PostgreSQL, a token and an SMSC', () => {
  let folder: string;
  let postgres: PostgresServer;
  let token: SoftToken;
  let smsc: Smsc;
  let service: ReturnType<typeof spawn>;
  let optimizer: Optimizer;
  let signing: SigningService;
  let publicUrl: string;
  const file = (name: string): string => join(folder, name);
  const ended: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'production-'));
    token = await makeSoftToken();
    postgres = await startPostgres((await findPostgres()) as string);
    smsc = await startTestSmsc();
    await writeFile(file('master'), randomBytes(32).toString('hex'), { mode: 0o600 });
    await writeFile(file('password'), 'a better password');
    await writeFile(file('pin'), '750316');
    await writeFile(file('smsc-password'), 'secret', { mode: 0o600 });
    const [api, open] = [await freePort(), await freePort()];
    publicUrl = `http://127.0.0.1:${open}`;
    const config = {
      ...{ mode: 'production', dataDirectory: file('data'), publicUrl, issuer: 'Example Bank' },
      database: { type: 'postgres', url: postgres.url },
      api: { port: api, tls: makeServerCertificates(folder) },
      public: { port: open },
      masterSecret: { from: 'file', path: file('master') },
      keys: { type: 'pkcs11', module: token.module, uri: token.uri },
      sms: {
        ...{ type: 'smpp', name: 'smsc', host: '127.0.0.1', port: smsc.port, systemId: 'bank', from: 'Bank' },
        password: { from: 'file', path: file('smsc-password') },
      },
      profiles: [
        {
          ...{
            id: 'device-p256',
            description: 'Keys of a device',
            keyAlgorithm: 'ecdsa-p256',
            validityMinutes: 15,
          },
          ...{ maxManifestAgeSeconds: 720, keyStorage: 'token' },
        },
      ],
      initialOfficer: {
        ...{ username: 'maria', displayName: 'Maria', registrationAuthorities: ['1000'] },
        ...{ passwordFile: file('password'), pinFile: file('pin') },
      },
    };
    await writeFile(file('service.json'), JSON.stringify(config));
  }, 120_000);
  afterAll(async () => {
    for (const end of ended.reverse()) await end();
    await smsc.kill();
    await postgres.stop();
    await token.remove();
    await rm(folder, { recursive: true, force: true });
  });

  const keys = (...args: string[]) => oneshot(['keys', ...args, '--config', file('service.json')]);
  const ready = async () => {
    const response = await fetch(`${publicUrl}/ready`);
    return [response.status, (await response.json()) as { checks: Record<string, string> }] as const;
  };

  async function prepared() {
    const { id } = await optimizer.create({
      ...{ identity: newSigner(), profile: 'device-p256', registrationAuthority: '1000', level: 'B-LT' },
      ...{
        documents: [{ path: join(import.meta.dirname, '../corpus/libreoffice.pdf') }],
        deliverTo: file('signed'),
      },
    });
    await optimizer.register(id);
    await optimizer.prepare(id);
    return optimizer.confirmReview(id);
  }
  let read = 0;
  /** What the SMSC says of a message may be read after its response, which comes by another way. */
  const nextCode = (): Promise<string> =>
    vi.waitFor(
      () => {
        const taken = smsc.taken();
        expect(taken.length).toBeGreaterThan(read);
        read = taken.length;
        return /(\d{6})$/.exec(taken.at(-1) ?? '')?.[1] ?? '';
      },
      { timeout: 30_000 },
    );

  it('gets its keys inside the token, which says that they cannot leave', async () => {
    const made = await keys(
      ...['generate', '--organization', 'Example Bank', '--country', 'ES'],
      ...['--policy', '1.3.6.1.4.1.99999.1.1', '--timestamp-policy', '1.3.6.1.4.1.99999.1.2'],
    );
    expect([made.code, made.stderr]).toEqual([0, '']);
    expect((await keys('list')).stdout).not.toContain('!');
    const attested = await keys('attest', 'issuing', '--json');
    expect(jsonLines(attested)).toMatchObject([
      { label: 'issuing', attestation: { local: true, alwaysSensitive: true, neverExtractable: true } },
    ]);
  });

  it('starts by its configuration alone, and a station signs through it', async () => {
    service = spawn(process.execPath, [COMMAND_LINE, 'serve', '--config', file('service.json'), '--json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    ended.push(async () => {
      if (service.exitCode !== null) return;
      service.kill('SIGTERM');
      await once(service, 'exit');
    });
    const [line] = (await once(
      createInterface({ input: service.stdout as NodeJS.ReadableStream }),
      'line',
    )) as [string];
    const { apiUrl } = JSON.parse(line) as { apiUrl: string };
    signing = openSigningService({
      ...{ kind: 'oneshot', baseUrl: apiUrl },
      credentials: { username: 'maria', password: 'a better password', pin: '750316' },
      tls: {
        ca: await readFile(file('ca.pem'), 'utf8'),
        key: await readFile(file('client.key'), 'utf8'),
        cert: await readFile(file('client.pem'), 'utf8'),
      },
    });
    optimizer = await Optimizer.open({
      dataDirectory: file('station'),
      service: signing,
      anchors: await readFile(join(file('data'), 'authorities', 'root.pem'), 'utf8'),
      signatureFontPath: join(import.meta.dirname, '../../resources/fonts/NotoSans-Regular.ttf'),
    });
    ended.push(async () => {
      await optimizer.close();
      await signing.close();
    });
    await vi.waitFor(async () => expect((await ready())[0]).toBe(200), { timeout: 30_000 });
    const transaction = await prepared();
    await optimizer.sendCode(transaction.id);
    await optimizer.sign(transaction.id, { type: 'otp', code: await nextCode() });
    const [report] = await optimizer.deliver(transaction.id);
    expect(report?.signatures[0]).toMatchObject({ verdict: 'valid', level: 'B-LT' });
  }, 60_000);

  it('signs again after the process of its token was killed', async () => {
    const children = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(service.pid)]).toString();
    const pid = /^\s*(\d+) .*pkcs11-token/m.exec(children)?.[1];
    const transaction = await prepared();
    process.kill(Number(pid), 'SIGKILL');
    await vi.waitFor(() => optimizer.sendCode(transaction.id), { timeout: 30_000, interval: 300 });
    await optimizer.sign(transaction.id, { type: 'otp', code: await nextCode() });
    expect((await optimizer.get(transaction.id)).state).toBe('signed');
  }, 60_000);

  it('whose token has lost its keys says so, and sends nobody a code for nothing', async () => {
    const transaction = await prepared();
    const sent = smsc.taken().length;
    token.initialiseAgain();
    const checks = { keys: 'failed', database: 'ok', sms: 'ok' };
    await vi.waitFor(async () => expect(await ready()).toMatchObject([503, { checks }]), { timeout: 30_000 });
    await expect(optimizer.sendCode(transaction.id)).rejects.toMatchObject({ code: 'OSS_KEYS_UNAVAILABLE' });
    expect(smsc.taken()).toHaveLength(sent);
  }, 60_000);
});
