import { readFileSync, writeFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OssError } from '../../src/contract/errors.ts';
import { HEALTH_REASONS, type HealthReport } from '../../src/contract/model/health.ts';
import { LANGUAGES } from '../../src/contract/model/language.ts';
import {
  examine,
  exitCodeOf,
  freeBytes,
  healthSentences,
  type Surroundings,
  supportBundle,
  type TestedAccess,
} from '../../src/doctor/index.ts';
import { type RunningService, SANDBOX_OFFICER, startSignatureService } from '../../src/service/index.ts';
import { openssl } from '../support/openssl.ts';
import { mountSmallDisk } from '../support/small-disk.ts';
import { makeTlsCertificates } from '../support/tls-certificates.ts';
import { jsonLines, oneshot } from './command-line.ts';

const DAY_MS = 86_400_000;
/** As a station does while another program has the embedded service: whether it is a trial is not known then. */
const untold = { reach: () => Promise.reject(new OssError('OSS_DATA_IN_USE')) };
const RAW_PASSWORD = 'Ada Lovelace 600111222';

let folder: string;
let service: RunningService;
/** Another authority, whose SMS do not leave. */
let stranger: RunningService;
let access: TestedAccess;
const later = (days: number) => () => new Date(Date.now() + days * DAY_MS);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doctor-'));
  const config = (name: string) => ({
    mode: 'sandbox',
    dataDirectory: join(folder, name),
    logLevel: 'silent',
  });
  service = await startSignatureService(config('service'));
  stranger = await startSignatureService(config('stranger'), {
    sms: {
      name: 'planted',
      sandboxOnly: true,
      send: async () => ({ reference: 'none' }),
      assertAvailable: () => Promise.reject(new Error('the gateway is away')),
    },
  });
  access = accessTo(service);
});
afterAll(async () => {
  await service.close();
  await stranger.close();
  await rm(folder, { recursive: true });
});

function accessTo({ ready }: RunningService): TestedAccess {
  const { username, password, pin } = SANDBOX_OFFICER;
  return {
    baseUrl: ready.apiUrl,
    tls: {},
    credentials: { username, password, pin },
    anchors: ready.sandbox?.anchorPem ?? '',
    profile: undefined,
  };
}

/** A desk at which everything is in order, but for what a test plants. */
const desk = (planted: Partial<Surroundings> & { access?: Partial<TestedAccess> } = {}): Surroundings => ({
  role: 'desk',
  trial: false,
  now: () => new Date(),
  version: '1.2.3',
  system: 'Linux x64',
  runtime: { name: 'Node', version: '26.0.0' },
  dataDirectories: [join(folder, 'data')],
  certificates: [],
  anchors: '',
  timestampUrls: [],
  environment: {},
  reach: (use) => use({ ...access, ...planted.access }),
  secrets: async () => 'keychain',
  isInUse: async () => false,
  room: async () => 10 * 1024 ** 3,
  displays: async () => 2,
  printers: async () => 1,
  ...planted,
});

const complaints = ({ lines }: HealthReport): string[] =>
  lines.flatMap(({ topic, outcome, reason }) => (outcome === 'ok' ? [] : [`${topic} ${outcome}: ${reason}`]));
/** The English sentences of what is not in order. */
const words = ({ lines }: HealthReport): string =>
  lines
    .filter(({ outcome }) => outcome !== 'ok')
    .map((line) => healthSentences(line, 'en'))
    .map(({ found, advice }) => `${found} ${advice}`)
    .join('\n');

/** A certificate of OpenSSL whose validity begins and ends so many days from now. */
function certificateOf({ from, to }: { from: number; to: number }): string {
  const at = (days: number) =>
    later(days)()
      .toISOString()
      .replace(/[-:T]|\.\d+/g, '');
  const path = (name: string) => join(folder, `planted.${name}`);
  openssl(
    ...['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
    ...['-keyout', path('key'), '-subj', '/O=Bank/CN=planted', '-out', path('csr')],
  );
  writeFileSync(path('index'), '');
  writeFileSync(
    path('cnf'),
    `[ca]\ndefault_ca=d\n[d]\ndatabase=${path('index')}\nnew_certs_dir=${folder}\nrand_serial=yes\n` +
      'default_md=sha256\npolicy=p\n[p]\norganizationName=optional\ncommonName=supplied\n',
  );
  openssl(
    ...['ca', '-batch', '-selfsign', '-notext', '-config', path('cnf'), '-keyfile', path('key')],
    ...['-in', path('csr'), '-startdate', at(from), '-enddate', at(to), '-out', path('pem')],
  );
  return readFileSync(path('pem'), 'utf8');
}

describe('a desk in order', () => {
  it('has nothing to complain about, and ends with 0', async () => {
    const report = await examine(desk());
    expect(complaints(report)).toEqual([]);
    expect(exitCodeOf(report)).toBe(0);
    expect(report.lines.map(({ topic }) => topic)).toEqual(
      expect.arrayContaining(['service', 'sms', 'clock', 'timestamp', 'certificate', 'revocation', 'data']),
    );
  });

  it('says how many days certificates and lists have left', async () => {
    const { lines } = await examine(desk());
    const sandbox = lines.find(({ topic }) => topic === 'certificate');
    expect(sandbox?.facts.days).toBeGreaterThan(365);
    expect(lines.find(({ topic }) => topic === 'revocation')).toMatchObject({ reason: 'listGood' });
  });
});

describe('each planted fault is the one that is named', () => {
  it.each<[string, Partial<Surroundings> & { access?: Partial<TestedAccess> }, string, RegExp]>([
    [
      'an old Node in production',
      {
        runtime: { name: 'Node', version: '20.19.4' },
        ...untold,
      },
      'runtime look: runtimeEnded',
      /Node 20\.19\.4 has had no security fixes since 2026-04-30.*Install Node 24 LTS/,
    ],
    [
      'a Node that cannot run it',
      { runtime: { name: 'Node', version: '18.20.0' } },
      'runtime broken: runtimeTooOld',
      /20\.19 is the oldest/,
    ],
    [
      'a service that is stopped',
      { access: { baseUrl: 'http://127.0.0.1:1' } },
      'service broken: refused',
      /Nothing listens at 127\.0\.0\.1:1/,
    ],
    [
      'a name that nobody has',
      { access: { baseUrl: 'https://service.invalid:8443' } },
      'service broken: nameUnknown',
      /Nobody knows the name service\.invalid/,
    ],
    [
      'a wrong password of the officer',
      { access: { credentials: { username: 'officer', password: 'wrong', pin: '1' } } },
      'service broken: refusedCredentials',
      /refuses user name or password/,
    ],
    ['no credentials', { access: { credentials: undefined } }, 'service broken: notStored', /No credentials/],
    ['no anchor', { access: { anchors: '' } }, 'service broken: noAnchor', /Add the root certificate/],
    [
      'a clock that is wrong',
      { now: () => new Date(Date.now() + 300_000) },
      'clock broken: clockApart',
      /300 s away.*NTP/,
    ],
    [
      'a time-stamp authority that is away',
      { timestampUrls: ['http://127.0.0.1:1/tsa'] },
      'timestamp look: timestampNoAnswer',
      /127\.0\.0\.1:1\/tsa gave no time stamp.*further authority/,
    ],
    [
      'a proxy that is ignored',
      { environment: { all_proxy: `http://${RAW_PASSWORD}@proxy` } },
      'proxy look: proxyUnused',
      /all_proxy is set.*does not use it/,
    ],
    ['no display', { displays: async () => 0 }, 'display broken: displayNone', /cannot open its windows/],
    ['no printer', { printers: async () => 0 }, 'printer look: printerNone', /saved as files only/],
    ['no keychain', { ...untold, secrets: async () => 'new' }, 'secrets look: passphraseFile', /no keychain/],
    [
      'a locked file',
      { ...untold, secrets: async () => 'locked' },
      'secrets look: secretsLocked',
      /Enter the passphrase/,
    ],
    ['a full disk', { room: async () => 5_000_000 }, 'disk broken: diskFull', /is full: 5 MB are free/],
    ['a disk that fills up', { room: async () => 1e9 }, 'disk look: diskLow', /Make room soon/],
  ])('%s', async (_what, planted, complaint, sentence) => {
    const report = await examine(desk(planted));
    expect(complaints(report)).toContain(complaint);
    expect(words(report)).toMatch(sentence);
    expect(exitCodeOf(report)).toBe(complaint.includes('broken') ? 2 : exitCodeOf(report));
    expect(exitCodeOf(report)).toBeGreaterThan(0);
    expect(words(report)).not.toContain(RAW_PASSWORD);
  });

  it('SMS that do not reach anybody', async () => {
    const report = await examine(desk({ access: accessTo(stranger) }));
    expect(complaints(report)).toEqual(['sms broken: smsFailed']);
    expect(words(report)).toContain('no signer receives a code');
  });

  it('anchors of another service', async () => {
    const report = await examine(desk({ access: { anchors: accessTo(stranger).anchors } }));
    expect(complaints(report)).toEqual(['timestamp broken: timestampUntrusted']);
  });

  it('a list of revoked certificates that nobody renews', async () => {
    const report = await examine(desk({ now: later(40), certificates: [] }));
    expect(complaints(report)).toContain('revocation broken: listEnded');
    expect(words(report)).toContain('B-LTA cannot be reached');
  });

  it.each([
    ['has expired', { from: -40, to: -2 }, 'certificate broken: certificateEnded', /expired on/],
    ['ends soon', { from: -40, to: 9.5 }, 'certificate look: certificateEnding', /only 9 days left.*Order/],
    ['is of the future', { from: 3, to: 90 }, 'certificate broken: certificateNotYet', /not valid before/],
  ])('a certificate that %s', async (_what, days, complaint, sentence) => {
    const report = await examine(desk({ certificates: [certificateOf(days)] }));
    expect(complaints(report)).toEqual([complaint]);
    expect(words(report)).toMatch(sentence);
  });

  it('the TLS of the service: an authority that nobody trusts, and a client without certificate', async () => {
    const tls = makeTlsCertificates();
    const guarded = await startSignatureService({
      mode: 'sandbox',
      dataDirectory: join(folder, 'guarded'),
      logLevel: 'silent',
      api: { tls: tls.server },
    });
    try {
      const { apiUrl, sandbox } = guarded.ready;
      const to = (own: TestedAccess['tls']) =>
        examine(desk({ access: { baseUrl: apiUrl, tls: own, anchors: sandbox?.anchorPem ?? '' } }));
      const ca = tls.text('authority.pem');
      expect(complaints(await to({}))).toContain('service broken: untrusted');
      expect(complaints(await to({ ca }))).toContain('service broken: clientCertificateNeeded');
      const cert = tls.text('station.pem');
      const whole = await to({ ca, cert, key: tls.text('station.key') });
      expect(complaints(whole), 'OpenSSL gives it 30 days').toEqual(['certificate look: certificateEnding']);
    } finally {
      await guarded.close();
    }
  });
});

describe('the data folder', () => {
  it('that is a file, or cannot be written', async () => {
    const path = join(folder, 'a-file');
    await writeFile(path, '');
    const report = await examine(desk({ dataDirectories: [path] }));
    expect(complaints(report)).toEqual(['data broken: dataUnusable']);
    expect(words(report)).toContain('a file has that name');
  });

  it('in which others can read or change a file', async () => {
    const data = join(folder, 'open-data');
    await mkdir(join(data, 'inner'), { recursive: true, mode: 0o755 });
    await writeFile(join(data, 'inner', 'journal.jsonl'), '', { mode: 0o600 });
    const look = async () => complaints(await examine(desk({ dataDirectories: [data] })));
    expect(await look()).toEqual([]);
    await chmod(join(data, 'inner', 'journal.jsonl'), 0o644);
    expect(await look()).toEqual(['permissions look: permissionsReadable']);
    await chmod(join(data, 'inner', 'journal.jsonl'), 0o666);
    expect(await look()).toEqual(['permissions broken: permissionsWritable']);
    await chmod(data, 0o700);
    expect(await look(), 'closed further up').toEqual([]);
  });

  it('on a disk that is full', async ({ skip }) => {
    const disk = await mountSmallDisk(join(folder, 'disk'), 300);
    if (disk === undefined) return skip('no disk can be mounted here');
    try {
      await chmod(disk.path, 0o700);
      const look = () => examine(desk({ dataDirectories: [disk.path], room: freeBytes }));
      expect(complaints(await look())).toEqual(['disk look: diskLow']);
      await disk.fill(1_000_000);
      expect(complaints(await look())).toContain('disk broken: diskFull');
    } finally {
      disk.unmount();
    }
  });
});

describe('what is found', () => {
  it('is a broken line, never an exception, where a check fails itself', async () => {
    const report = await examine(desk({ printers: () => Promise.reject(new TypeError(RAW_PASSWORD)) }));
    expect(complaints(report)).toEqual(['display broken: checkFailed']);
    expect(JSON.stringify(report)).not.toContain(RAW_PASSWORD);
  });

  it('has a sentence in every language', () => {
    for (const language of LANGUAGES) {
      for (const reason of HEALTH_REASONS) {
        const { found, topic } = healthSentences(
          { topic: 'service', outcome: 'ok', reason, facts: {} },
          language,
        );
        expect(found).not.toBe(`found.${reason}`);
        expect(topic).not.toBe('topic.service');
      }
    }
  });

  it('goes to support without anything that names somebody', async () => {
    const report = await examine(
      desk({ dataDirectories: ['/home/ada.lovelace/data'], environment: { HTTP_PROXY: 'http://ada:pw@p' } }),
    );
    const sent = JSON.stringify(supportBundle(report, desk()));
    for (const word of ['ada', 'pw@p', '127.0.0.1', 'SANDBOX', 'http:']) expect(sent).not.toContain(word);
    expect(sent).toContain('certificateGood');
    expect(sent).toContain('HTTP_PROXY');
  });

  it('lets no fact through whose look is not known, whatever it is called and holds', () => {
    const marked = fc.string().map((text) => `\u00a7${text}`);
    const report = (facts: Record<string, string>): HealthReport => ({
      at: new Date().toISOString(),
      version: '1.2.3',
      outcome: 'ok',
      lines: [{ topic: 'service', outcome: 'ok', reason: 'serviceAnswers', facts }],
    });
    const keys = fc.oneof(
      fc.string(),
      fc.constantFrom('name', 'code', 'date', 'parts', 'variables', 'version'),
    );
    fc.assert(
      fc.property(fc.dictionary(keys, marked), (facts) => {
        expect(supportBundle(report(facts), desk()).lines[0]?.facts).toEqual({});
      }),
    );
  });
});

describe('oneshot doctor', () => {
  it('is green in the sandbox, without a data folder yet, and leaves nothing behind', async () => {
    const data = join(folder, 'not-yet');
    const { code, stdout } = await oneshot(['doctor', '--data', data], {
      env: { https_proxy: '', HTTPS_PROXY: '' },
    });
    expect(stdout).toContain('The sandbox answers');
    expect(stdout).not.toMatch(/^(look|broken)/m);
    expect(code).toBe(0);
    await expect(readFile(data)).rejects.toThrow('ENOENT');
  });

  it('ends with 2, names the fault in the language asked for, and writes a file for support', async () => {
    const support = join(folder, 'support');
    const args = ['--service', 'http://127.0.0.1:1', '--language', 'es', '--support', support];
    const { code, stdout } = await oneshot(['doctor', '--data', join(folder, 'not-yet'), ...args]);
    expect(code).toBe(2);
    expect(stdout).toContain('Nada escucha en 127.0.0.1:1');
    const bundle = JSON.parse(await readFile(`${support}.json`, 'utf8'));
    expect(bundle).toMatchObject({ kind: 'one-shot-support', outcome: 'broken' });
    expect(JSON.stringify(bundle)).not.toContain('127.0.0.1');
  });

  it('answers programs with one JSON line', async () => {
    const result = await oneshot(['doctor', '--json', '--desk', '--data', join(folder, 'not-yet')], {
      env: { DISPLAY: '', WAYLAND_DISPLAY: '' },
    });
    expect(result.code).toBe(2);
    const [report] = jsonLines(result) as unknown as [HealthReport];
    expect(complaints(report)).toContain('display broken: displayNone');
  });
});
