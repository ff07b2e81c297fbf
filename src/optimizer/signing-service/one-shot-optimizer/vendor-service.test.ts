import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AUTHORITY_EXTENSIONS,
  makeCertificate,
  SIGNER_EXTENSIONS,
  type TestAuthority,
  TSA_EXTENSIONS,
} from '../../../../test/support/pki-hierarchy.ts';
import { VendorDouble, type VendorDoubleOptions } from '../../../../test/support/vendor-double.ts';
import { toOssError } from '../../../contract/errors.ts';
import { toBase64, toUtcSeconds } from '../../../contract/model/encoding.ts';
import { identitySchema } from '../../../contract/model/identity.ts';
import type { Manifest } from '../../../contract/model/manifest.ts';
import { CertificateCache, digest } from '../../../pki/index.ts';
import { checkResponse } from '../check-response.ts';
import type { NewRegistration } from '../port.ts';
import { VendorService } from './vendor-service.ts';

const identity = identitySchema.parse({
  givenName: 'Ada',
  surname1: 'Lovelace',
  idDocument: { type: 'IDC', country: 'ES', number: '10000001X' },
  email: 'ada@example.com',
  mobilePhone: '+34600100001',
});
const signer: NewRegistration = { identity, registrationAuthority: '9999', profile: 'PFnubeNC' };
const manifest: Manifest = ['contract', 'annex', 'schedule'].map((content) => ({
  digest: toBase64(digest('sha256', Buffer.from(content))),
  claimedSigningTime: toUtcSeconds(new Date(Date.now() - 120_000)),
}));

let root: TestAuthority;
let issuing: TestAuthority;
let tsa: TestAuthority;
const open: (() => Promise<void>)[] = [];

beforeAll(async () => {
  root = await makeCertificate({ commonName: 'Root', extensions: AUTHORITY_EXTENSIONS });
  issuing = await makeCertificate({ commonName: 'Issuing', issuer: root, extensions: AUTHORITY_EXTENSIONS });
  tsa = await makeCertificate({ commonName: 'TSA', issuer: root, extensions: TSA_EXTENSIONS });
});
afterAll(async () => {
  for (const close of open) await close();
});

/** Of this very moment, as an authority makes it that issues while it signs. */
const issued = (subject = { commonName: 'LOVELACE ADA', givenName: 'ADA', surname: 'LOVELACE' }) =>
  makeCertificate({
    commonName: subject.commonName,
    subject,
    issuer: issuing,
    extensions: SIGNER_EXTENSIONS,
    notBefore: new Date(Date.now() - 5000),
  });

async function connected(options: Partial<VendorDoubleOptions> = {}) {
  const dialect = options.dialect ?? 'classic';
  const double = await VendorDouble.start({
    dialect,
    signer: await issued(),
    chain: [issuing.certificate.der],
    tsa,
    ...options,
  });
  open.push(() => double.close());
  return { double, service: serviceAt(double, dialect) };
}

function serviceAt(double: VendorDouble, dialect: VendorDoubleOptions['dialect']): VendorService {
  const service = new VendorService({
    kind: 'one-shot-optimizer',
    url: double.url,
    dialect,
    environment: 'sandbox',
    profile: 'PFnubeNC',
    username: '1000279',
    billingUsername: 'bank',
    secrets: { password: 'hush', pin: '2468', billingPassword: 'credit' },
  });
  open.unshift(() => service.close());
  return service;
}

async function signed(service: VendorService, code = '123456') {
  const { id } = await service.registration.register(signer, 'key');
  await service.sendOtp(id, { manifest });
  return checked(service, await service.sign(id, { authorisation: { type: 'otp', code }, manifest }));
}

const checked = (service: VendorService, response: Parameters<typeof checkResponse>[0]) =>
  checkResponse(response, {
    manifest,
    identity,
    policy: service.certificates,
    anchors: [root.certificate],
    timestamped: true,
    certificates: new CertificateCache(),
    at: new Date(),
  });

const refusal = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'accepted',
    (thrown: unknown) => toOssError(thrown).code,
  );

describe.each(['classic', 'newer'] as const)('an Optimizer of the vendor, %s dialect', (dialect) => {
  it('signs hashes, and sees nothing else', async () => {
    const { double, service } = await connected({ dialect });
    const { documents } = await signed(service);
    expect(documents).toHaveLength(3);
    expect(double.uploads.map(({ messageDigest }) => Buffer.from(messageDigest, 'base64').length)).toEqual(
      dialect === 'classic' ? [49, 49, 49] : [32, 32, 32],
    );
    expect(double.created).toMatchObject({
      username: '1000279',
      pin: '2468',
      env: 'sandbox',
      registration_authority: '9999',
      serial_number: '10000001X',
      billing_password: Buffer.from('credit').toString('base64'),
    });
  });

  it('gets the pictures with the registration, and has a contract', async () => {
    const { double, service } = await connected({ dialect });
    const pictures = (['front', 'rear', 'holder'] as const).map((side) => ({
      side,
      picture: Uint8Array.of(0xff, 0xd8, 0xff),
    }));
    const { id } = await service.registration.register({ ...signer, pictures }, 'key');
    expect(Object.keys(double.created)).toEqual(
      expect.arrayContaining(['document_front', 'document_rear', 'document_owner']),
    );
    const contract = await service.registration.contract?.(id);
    expect(Buffer.from(contract ?? []).toString()).toMatch(/^%PDF/);
  });

  it('registers once under one key', async () => {
    const { double, service } = await connected({ dialect });
    const [one, other] = await Promise.all([
      service.registration.register(signer, 'key'),
      service.registration.register(signer, 'key'),
    ]);
    expect(one).toEqual(other);
    expect(double.requests).toBe(1);
  });

  it('refuses a wrong code, and takes the right one after it', async () => {
    const { service } = await connected({ dialect });
    const { id } = await service.registration.register(signer, 'key');
    await service.sendOtp(id, { manifest });
    const sign = (code: string) => service.sign(id, { authorisation: { type: 'otp', code }, manifest });
    expect(await refusal(sign('000000'))).toBe('OSS_OTP_REFUSED');
    expect(checked(service, await sign('123456')).documents).toHaveLength(3);
  });

  it('finds a signature whose answer was lost, and says when there is none', async () => {
    const { double, service } = await connected({ dialect, listing: 'reversed' });
    const { id } = await service.registration.register(signer, 'key');
    expect(await refusal(service.storedResponse(id, '', manifest))).toBe('OSS_REQUEST_STATE');
    await service.sendOtp(id, { manifest });
    const call = { authorisation: { type: 'otp' as const, code: '123456' }, manifest };
    await service.sign(id, call);
    const restarted = serviceAt(double, dialect);
    expect(checked(service, await restarted.storedResponse(id, '', manifest)).documents).toHaveLength(3);
    // Asked again it says 412: it is signed already.
    expect(checked(service, await service.sign(id, call)).documents).toHaveLength(3);
  });

  it('is caught where one of the signatures is not there any more', async () => {
    const { double, service } = await connected({ dialect, listing: 'short' });
    const { id } = await service.registration.register(signer, 'key');
    await service.sendOtp(id, { manifest });
    await service.sign(id, { authorisation: { type: 'otp', code: '123456' }, manifest });
    const restarted = serviceAt(double, dialect);
    expect(await refusal(restarted.storedResponse(id, '', manifest))).toBe('OSS_SERVICE_WRONG_DIGEST');
  });

  it('says what it is told of the limits of the API', async () => {
    const { service } = await connected({ dialect });
    const { id } = await service.registration.register(signer, 'key');
    await service.sendOtp(id, { manifest });
    expect(await refusal(service.sendOtp(id, { manifest }))).toBe('OSS_OTP_TOO_SOON');
    expect((await service.describe()).maxDocuments).toBe(10);
  });

  it.each([
    ['no officer of that name', { refuseOfficer: true }, 'OSS_CREDENTIALS_INVALID'],
    ['another authority', { foreign: true }, 'OSS_SERVICE_WRONG_CHAIN'],
    ['a signature over another digest', { otherDigest: true }, 'OSS_SERVICE_WRONG_DIGEST'],
    ['a signing time in the attributes', { signingTime: true }, 'OSS_SERVICE_WRONG_SIGNATURE'],
    ['no time stamp', { withoutTimestamp: true }, 'OSS_SERVICE_WRONG_TIMESTAMP'],
    ['the certificate of somebody else', { stranger: true }, 'OSS_SERVICE_WRONG_SUBJECT'],
  ])('is caught: %s', async (_, options, code) => {
    const { foreign, stranger, ...others } = options as Record<string, unknown>;
    const own = foreign
      ? { signer: await makeCertificate({ commonName: 'LOVELACE ADA', extensions: SIGNER_EXTENSIONS }) }
      : stranger
        ? { signer: await issued({ commonName: 'HOPPER GRACE', givenName: 'GRACE', surname: 'HOPPER' }) }
        : {};
    const { service } = await connected({ dialect, ...own, ...others });
    expect(await refusal(signed(service))).toBe(code);
  });
});
