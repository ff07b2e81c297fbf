import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignatureLevel } from '../../src/contract/model/transaction.ts';
import { Optimizer, openSigningService, type SigningService } from '../../src/optimizer/index.ts';
import { SANDBOX_OFFICER } from '../../src/service/config/sandbox-defaults.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';
import { newSigner } from './station.ts';

const DOCUMENT = join(import.meta.dirname, '../corpus/libreoffice.pdf');
const FONT = join(import.meta.dirname, '../../resources/fonts/NotoSans-Regular.ttf');

let sandbox: Sandbox;
let directory: string;
let runs = 0;

beforeAll(async () => {
  sandbox = await startSandbox();
  directory = await mkdtemp(join(tmpdir(), 'usual-level-'));
});
afterAll(async () => {
  await sandbox?.close();
  await rm(directory, { recursive: true, force: true });
});

/** The sandbox; or a provider that is like it but sends no validation data, and says so as older ones do: not at all. */
function serviceOf(kind: 'sends data' | 'sends none'): SigningService {
  const service = openSigningService({
    kind: 'oneshot',
    baseUrl: sandbox.url,
    credentials: SANDBOX_OFFICER,
  });
  if (kind === 'sends data') return service;
  return new Proxy(service, {
    get(target, name) {
      if (name === 'describe')
        return async () => ({ ...(await target.describe()), sendsValidationData: false });
      if (name === 'sign')
        return async (...call: Parameters<SigningService['sign']>) => ({
          ...(await target.sign(...call)),
          validationData: { crls: [], ocspResponses: [] },
        });
      const value = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** The level of the transaction before any code is sent, and that of the delivered signature. */
async function levelsWith(kind: Parameters<typeof serviceOf>[0], level?: SignatureLevel) {
  const service = serviceOf(kind);
  runs += 1;
  const optimizer = await Optimizer.open({
    dataDirectory: join(directory, `station-${runs}`),
    service,
    anchors: sandbox.anchor,
    signatureFontPath: FONT,
  });
  try {
    const { id } = await optimizer.create({
      identity: newSigner(),
      documents: [{ path: DOCUMENT }],
      profile: 'single-use-p256',
      registrationAuthority: SANDBOX_OFFICER.registrationAuthority,
      deliverTo: directory,
      ...(level === undefined ? {} : { level }),
    });
    await optimizer.register(id);
    const registered = await optimizer.get(id);
    await optimizer.prepare(id);
    await optimizer.confirmReview(id);
    await optimizer.sendCode(id);
    const messages = await service.sandboxInbox?.messages(registered.registration?.requestId ?? '');
    const code = /(\d{4,10})\D*$/.exec(messages?.at(-1)?.text ?? '')?.[1] ?? '';
    await optimizer.sign(id, { type: 'otp', code });
    const [report] = await optimizer.deliver(id);
    return { settled: registered.level, reached: report?.signatures[0]?.level };
  } finally {
    await optimizer.close();
    await service.close();
  }
}

describe('the level where nobody names one', () => {
  it('is B-LT where the service sends the data that it needs', async () => {
    expect(await levelsWith('sends data')).toEqual({ settled: 'B-LT', reached: 'B-LT' });
  });

  it('is B-T where it does not, and that is settled before a code is sent', async () => {
    expect(await levelsWith('sends none')).toEqual({ settled: 'B-T', reached: 'B-T' });
  });
});

describe('a level that was named', () => {
  it.each<SignatureLevel>(['B-T', 'B-LT'])('stays %s, whatever the service sends', async (level) => {
    // The authorities publish what B-LT needs, too.
    for (const kind of ['sends data', 'sends none'] as const)
      expect(await levelsWith(kind, level)).toEqual({ settled: level, reached: level });
  });
});
