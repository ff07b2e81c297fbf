import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Optimizer, openSigningService, type SigningService } from '../../src/optimizer/index.ts';
import { verifyCms } from '../../src/pki/index.ts';
import { type RunningService, SANDBOX_OFFICER, startSignatureService } from '../../src/service/index.ts';
import { SHIPPED_PROFILES } from '../../src/service/settings/profiles.ts';
import { newSigner } from './station.ts';

const corpus = (name: string): string => join(import.meta.dirname, '../corpus', name);
const FONT = join(import.meta.dirname, '../../resources/fonts/NotoSans-Regular.ttf');

let directory: string;
let running: RunningService;
let service: SigningService;
let optimizer: Optimizer;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'documents-later-'));
  running = await startSignatureService({
    mode: 'sandbox',
    dataDirectory: join(directory, 'service'),
    logLevel: 'error',
    otp: { fixedCode: '000000' },
    profiles: SHIPPED_PROFILES.map((profile) => ({ ...profile, bindToContents: true })),
  });
  service = openSigningService({
    kind: 'oneshot',
    baseUrl: running.ready.apiUrl,
    credentials: SANDBOX_OFFICER,
  });
  optimizer = await Optimizer.open({
    dataDirectory: join(directory, 'station'),
    service,
    anchors: running.ready.sandbox?.anchorPem ?? '',
    signatureFontPath: FONT,
  });
});
afterAll(async () => {
  await optimizer.close();
  await service.close();
  await running.close();
  await rm(directory, { recursive: true });
});

const registered = async (): Promise<string> => {
  const { id } = await optimizer.create({
    identity: newSigner(),
    documents: [],
    profile: 'single-use-p256',
    registrationAuthority: SANDBOX_OFFICER.registrationAuthority,
    level: 'B-T',
    deliverTo: join(directory, 'signed'),
  });
  await optimizer.register(id);
  return id;
};

describe('registered first, documents later', () => {
  it('signs with a look that is chosen after the code was sent, and delivers a CMS for a hash', async () => {
    const id = await registered();
    const removed = await optimizer.addDocument(id, { path: corpus('pdftex.pdf') });
    const digest = createHash('sha256').update('content that stays elsewhere').digest();
    await optimizer.addHash(id, { name: 'invoice.json', digest: digest.toString('base64') });
    await optimizer.addDocument(id, { path: corpus('libreoffice.pdf'), name: 'agreement.pdf' });
    await optimizer.removeSlot(id, removed);
    await optimizer.agreeToContents(id);
    await optimizer.sendCode(id);
    const visible = { page: 1, rectangle: { x1: 36, y1: 36, x2: 236, y2: 96 }, text: ['Signed'] };
    await optimizer.signContents(id, { type: 'otp', code: '000000' }, [{ visible }]);
    const [report] = await optimizer.deliver(id);
    expect(report).toMatchObject({
      verdict: 'valid',
      file: join(directory, 'signed', 'agreement-signed.pdf'),
    });

    const { delivered = [] } = await optimizer.get(id);
    const cms = new Uint8Array(await readFile(delivered[1] ?? ''));
    expect(delivered[1]).toMatch(/invoice-signed\.p7m$/);
    expect(verifyCms(cms, new Uint8Array(digest))).toMatchObject({
      digestMatches: true,
      signatureValid: true,
    });
  });

  it('refuses the code after another document was added', async () => {
    const id = await registered();
    await optimizer.addDocument(id, { path: corpus('pdftex.pdf') });
    await optimizer.agreeToContents(id);
    await optimizer.sendCode(id);
    await optimizer.addDocument(id, { path: corpus('libreoffice.pdf') });
    await expect(optimizer.signContents(id, { type: 'otp', code: '000000' }, [])).rejects.toMatchObject({
      code: 'OSS_SIGNING_DIGESTS_CHANGED',
    });
  });

  it('says which document cannot carry the signature that was asked for', async () => {
    const id = await registered();
    await optimizer.addDocument(id, { path: corpus('pdftex.pdf') });
    const slot = await optimizer.addDocument(id, { path: corpus('libreoffice.pdf') });
    await optimizer.agreeToContents(id);
    await optimizer.sendCode(id);
    const visible = { page: 99, rectangle: { x1: 36, y1: 36, x2: 236, y2: 96 } };
    await expect(
      optimizer.signContents(id, { type: 'otp', code: '000000' }, [{}, { visible }]),
    ).rejects.toMatchObject({ code: 'OSS_PDF_PAGE_NOT_FOUND', details: { slot } });
    expect((await optimizer.get(id)).state).toBe('otpSent');
  });

  it('tells its listeners of each change', async () => {
    const states: string[] = [];
    const end = optimizer.onChange(({ state }) => states.push(state));
    const id = await registered();
    end();
    await optimizer.cancel(id);
    expect(states).toEqual(['created', 'registered']);
  });
});
