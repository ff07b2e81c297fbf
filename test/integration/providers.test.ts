import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identitySchema } from '../../src/contract/model/identity.ts';
import { otherProviderSchema } from '../../src/contract/model/provider.ts';
import { Optimizer, openSigningService, type SigningService } from '../../src/optimizer/index.ts';
import { toPem } from '../../src/pki/index.ts';
import { SANDBOX_OFFICER } from '../../src/service/config/sandbox-defaults.ts';
import { DocumentRuns } from '../conformance/document-runs.ts';
import { type RecordingProxy, startRecordingProxy } from '../conformance/recording-proxy.ts';
import { CscDouble, type CscDoubleOptions } from '../support/csc-double.ts';
import {
  AUTHORITY_EXTENSIONS,
  makeCertificate,
  SIGNER_EXTENSIONS,
  type TestAuthority,
  TSA_EXTENSIONS,
} from '../support/pki-hierarchy.ts';
import { startRecordingRelay } from '../support/recording-relay.ts';
import { startTsa } from '../support/stamping.ts';
import { type OptimizerProcess, startOptimizer } from './optimizer-api/optimizer-process.ts';
import { startSandbox } from './sandbox.ts';

const FONT = join(import.meta.dirname, '../../resources/fonts/NotoSans-Regular.ttf');
const DOCUMENTS = ['pdftex.pdf', 'libreoffice.pdf'].map((name) =>
  join(import.meta.dirname, '../corpus', name),
);
const CODE = '123456';
const UPSTREAM_CODE = '000000';

let signers = 0;
const newIdentity = () => {
  signers += 1;
  return identitySchema.parse({
    givenName: 'Ada',
    surname1: 'Lovelace',
    idDocument: { type: 'IDC', country: 'ES', number: `${20_000_000 + signers}X` },
    email: 'ada@example.com',
    mobilePhone: `+34633${String(100_000 + signers)}`,
  });
};

let directory: string;
let upstream: OptimizerProcess;
let root: TestAuthority;
let issuing: TestAuthority;
let ada: TestAuthority;
let tsa: Awaited<ReturnType<typeof startTsa>>;
const closers: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'providers-'));
  closers.push(() => rm(directory, { recursive: true, force: true }));
  root = await makeCertificate({ commonName: 'Root', extensions: AUTHORITY_EXTENSIONS });
  issuing = await makeCertificate({ commonName: 'Issuing', issuer: root, extensions: AUTHORITY_EXTENSIONS });
  const authority = await makeCertificate({ commonName: 'TSA', issuer: root, extensions: TSA_EXTENSIONS });
  ada = await makeCertificate({
    commonName: 'LOVELACE ADA',
    subject: { commonName: 'LOVELACE ADA', givenName: 'ADA', surname: 'LOVELACE' },
    issuer: issuing,
    extensions: SIGNER_EXTENSIONS,
  });
  tsa = await startTsa(authority);
  closers.push(() => tsa.close());
  upstream = await startOptimizer({ data: join(directory, 'upstream') });
  closers.push(() => upstream.stop());
});
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

/** A provider as the station is told of it. */
interface Told {
  readonly service: SigningService;
  /** PEM. */
  readonly anchors: string;
  /** Everything that was on the wire. */
  readonly proxy: RecordingProxy;
  readonly code: (requestId: string) => Promise<string>;
  readonly timestampUrls?: readonly string[];
}

async function behindRecording(url: string): Promise<{ proxy: RecordingProxy; url: string }> {
  const proxy = await startRecordingProxy(Number(new URL(url).port));
  closers.push(() => proxy.close());
  return { proxy, url: `http://127.0.0.1:${proxy.port}` };
}

async function ownService(): Promise<Told> {
  const sandbox = await startSandbox();
  closers.push(() => sandbox.close());
  const { proxy, url } = await behindRecording(sandbox.url);
  const { username, password, pin } = SANDBOX_OFFICER;
  const service = openSigningService({
    kind: 'oneshot',
    baseUrl: url,
    credentials: { username, password, pin },
  });
  const code = async (requestId: string) =>
    /(\d{4,10})\D*$/.exec((await service.sandboxInbox?.messages(requestId))?.at(-1)?.text ?? '')?.[1] ?? '';
  return { service, anchors: sandbox.anchor, proxy, code };
}

const vendorOptimizer = (dialect: 'classic' | 'newer') => async (): Promise<Told> => {
  const proxy = await startRecordingRelay(upstream.url);
  closers.push(() => proxy.close());
  const url = `http://127.0.0.1:${proxy.port}`;
  const { username, password, pin } = SANDBOX_OFFICER;
  const provider = otherProviderSchema.parse({
    kind: 'one-shot-optimizer',
    url,
    dialect,
    environment: 'sandbox',
    username,
    registrationAuthority: '9999',
  });
  const anchors = await readFile(join(directory, 'upstream/optimizer/service/authorities/root.pem'), 'utf8');
  const service = openSigningService({ ...provider, secrets: { password, pin } });
  return { service, anchors, proxy, code: async () => UPSTREAM_CODE };
};

const csc = (version: CscDoubleOptions['version'], signs: 'hash' | 'document') => async (): Promise<Told> => {
  const double = await CscDouble.start({
    version,
    signer: ada,
    chain: [issuing.certificate.der],
    code: CODE,
  });
  closers.push(() => double.close());
  const { proxy, url } = await behindRecording(double.url);
  const credential = { type: 'fixed', id: 'ada/1' };
  const provider = otherProviderSchema.parse({ kind: 'csc', url, version, signs, credential });
  const service = openSigningService({ ...provider, secrets: {} });
  const timestampUrls = [tsa.url];
  return { service, anchors: toPem(root.certificate.der), proxy, code: async () => CODE, timestampUrls };
};

const PROVIDERS = {
  'our own service': ownService,
  'an Optimizer of the vendor, classic': vendorOptimizer('classic'),
  'an Optimizer of the vendor, newer': vendorOptimizer('newer'),
  'CSC v1, hashes': csc('1', 'hash'),
  'CSC v2, hashes': csc('2', 'hash'),
  'CSC v2, documents': csc('2', 'document'),
} as const;

describe.each(Object.entries(PROVIDERS))('through %s', (name, open) => {
  it('the same flow signs two documents; no byte of them leaves', async () => {
    const { service, anchors, proxy, code, timestampUrls } = await open();
    const folder = join(directory, name.replace(/\W+/g, '-'));
    const deliverTo = join(folder, 'signed');
    await mkdir(deliverTo, { recursive: true });
    const optimizer = await Optimizer.open({
      dataDirectory: join(folder, 'data'),
      service,
      anchors,
      signatureFontPath: FONT,
      ...(timestampUrls && { timestampUrls }),
    });
    closers.push(
      () => service.close(),
      () => optimizer.close(),
    );
    const { profiles } = await service.describe();
    const { id } = await optimizer.create({
      identity: newIdentity(),
      documents: DOCUMENTS.map((path) => ({ path })),
      profile: profiles[0]?.id ?? '',
      registrationAuthority: SANDBOX_OFFICER.registrationAuthority,
      level: 'B-T',
      deliverTo,
    });
    const { registration } = await optimizer.register(id);
    // Where there is a contract the signer can read it; where there is none nothing is missing.
    const { contract, documents } = await optimizer.readable(id);
    expect(contract !== undefined).toBe(service.registration.contract !== undefined);
    expect(documents).toHaveLength(2);
    await optimizer.prepare(id);
    await optimizer.confirmReview(id);
    await optimizer.sendCode(id);
    await optimizer.sign(id, { type: 'otp', code: await code(registration?.requestId ?? '') });
    const reports = await optimizer.deliver(id);
    expect(reports.map(({ signatures }) => signatures.map(({ verdict, level }) => [verdict, level]))).toEqual(
      [[['valid', 'B-T']], [['valid', 'B-T']]],
    );
    const [evidence] = await optimizer.evidence(id);
    expect(evidence?.record.content).toMatchObject({ outcome: 'signed' });
    const runs = new DocumentRuns(DOCUMENTS.map((path) => readFileSync(path)));
    const { sent, received } = proxy.recorded();
    expect(Buffer.concat(sent).length).toBeGreaterThan(500);
    for (const bytes of [...sent, ...received]) expect(runs.findIn(bytes)).toBeUndefined();
  });
});

it('a provider that does not stamp is not used without an authority that does', async () => {
  const { service, anchors } = await csc('2', 'hash')();
  const folder = join(directory, 'without-stamps');
  const optimizer = await Optimizer.open({
    dataDirectory: folder,
    service,
    anchors,
    signatureFontPath: FONT,
  });
  closers.push(
    () => service.close(),
    () => optimizer.close(),
  );
  const { id } = await optimizer.create({
    identity: newIdentity(),
    documents: DOCUMENTS.map((path) => ({ path })),
    profile: 'csc',
    registrationAuthority: '1',
    level: 'B-T',
  });
  await optimizer.register(id);
  await expect(optimizer.prepare(id)).rejects.toMatchObject({ code: 'OSS_TIMESTAMP_FAILED' });
});
