import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CscDouble, type CscDoubleOptions } from '../../../../test/support/csc-double.ts';
import { asFile, openssl } from '../../../../test/support/openssl.ts';
import {
  AUTHORITY_EXTENSIONS,
  makeCertificate,
  SIGNER_EXTENSIONS,
  type TestAuthority,
  TSA_EXTENSIONS,
} from '../../../../test/support/pki-hierarchy.ts';
import { toOssError } from '../../../contract/errors.ts';
import { toBase64, toUtcSeconds } from '../../../contract/model/encoding.ts';
import { identitySchema } from '../../../contract/model/identity.ts';
import type { Manifest } from '../../../contract/model/manifest.ts';
import { type OtherProvider, otherProviderSchema } from '../../../contract/model/provider.ts';
import { CertificateCache, digest } from '../../../pki/index.ts';
import { checkResponse } from '../check-response.ts';
import { type CscConfig, CscService } from './csc-service.ts';

const SUBJECT = { commonName: 'LOVELACE BYRON ADA', givenName: 'ADA', surname: 'LOVELACE BYRON' };
const identity = identitySchema.parse({
  givenName: 'Ada',
  surname1: 'Lovelace',
  surname2: 'Byron',
  idDocument: { type: 'IDC', country: 'ES', number: '10000001X' },
  mobilePhone: '+34600100001',
});
const KEYS = ['ec', 'rsa'] as const;
const CODE = '123456';

let root: TestAuthority;
let issuing: TestAuthority;
let tsa: TestAuthority;
/** Of the signer, by the kind of key; and of somebody else under the same authority. */
const signers = {} as Record<(typeof KEYS)[number], TestAuthority>;
let another: TestAuthority;
const open: (() => Promise<void>)[] = [];

beforeAll(async () => {
  root = await makeCertificate({ commonName: 'Root', extensions: AUTHORITY_EXTENSIONS });
  issuing = await makeCertificate({ commonName: 'Issuing', issuer: root, extensions: AUTHORITY_EXTENSIONS });
  tsa = await makeCertificate({ commonName: 'TSA', issuer: root, extensions: TSA_EXTENSIONS });
  for (const keyType of KEYS) signers[keyType] = await signer(SUBJECT, keyType);
  another = await signer({ commonName: 'Grace Hopper', givenName: 'Grace', surname: 'Hopper' }, 'ec');
});
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const signer = (subject: { commonName: string; [name: string]: string }, keyType: 'ec' | 'rsa') =>
  makeCertificate({
    commonName: subject.commonName,
    subject,
    issuer: issuing,
    extensions: SIGNER_EXTENSIONS,
    keyType,
  });

const manifestOf = (contents: readonly string[]): Manifest =>
  contents.map((content) => ({
    digest: toBase64(digest('sha256', Buffer.from(content))),
    claimedSigningTime: toUtcSeconds(new Date(Date.now() - 2000)),
  }));

async function connected(
  options: Partial<CscDoubleOptions> = {},
  more: Partial<CscConfig> & Partial<Record<string, unknown>> = {},
): Promise<{ double: CscDouble; service: CscService }> {
  const version = options.version ?? '2';
  const double = await CscDouble.start({
    version,
    signer: signers.ec,
    chain: [issuing.certificate.der],
    tsa,
    code: CODE,
    ...options,
  });
  const { secrets = {}, openBrowser, ...provider } = more;
  const parsed: OtherProvider = otherProviderSchema.parse({
    kind: 'csc',
    url: double.url,
    version,
    credential: { type: 'fixed', id: 'ada/1' },
    ...provider,
  });
  if (parsed.kind !== 'csc') throw new Error('not the provider of this test');
  const service = new CscService({ ...parsed, secrets, ...(openBrowser && { openBrowser }) });
  open.push(
    () => service.close(),
    () => double.close(),
  );
  return { double, service };
}

/** From registration to the verified response. */
async function signed(service: CscService, manifest: Manifest, code = CODE, key = 'key') {
  const { id } = await service.registration.register(
    { identity, registrationAuthority: '1', profile: 'csc' },
    'registration',
  );
  await service.sendOtp(id, { manifest });
  const response = await service.sign(id, { authorisation: { type: 'otp', code }, manifest }, key);
  return checkResponse(response, {
    manifest,
    identity,
    policy: service.certificates,
    anchors: [root.certificate],
    timestamped: true,
    certificates: new CertificateCache(),
    at: new Date(),
  });
}

const refusal = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'accepted',
    (thrown: unknown) => toOssError(thrown).code,
  );

describe('a provider that speaks CSC', () => {
  it.each(
    (['1', '2'] as const).flatMap((version) =>
      KEYS.flatMap((key) => (['hash', 'document'] as const).map((signs) => ({ version, key, signs }))),
    ),
  )('signs: v$version, $key, by $signs', async ({ version, key, signs }) => {
    const { double, service } = await connected({ version, signer: signers[key], nulls: true }, { signs });
    const manifest = manifestOf(['contract', 'annex', 'schedule']);
    const { certificate, documents } = await signed(service, manifest);
    expect(certificate.fingerprint).toBe(signers[key].certificate.fingerprint);
    expect(documents).toHaveLength(3);
    // With the certificate known the provider does not even see the digests of the documents.
    const seen = double.calls.filter(({ body }) => body.includes(manifest[0]?.digest ?? ''));
    expect(seen.length > 0).toBe(signs === 'document');
  });

  it.each(
    (['1', '2'] as const).flatMap((version) =>
      (['hash', 'document'] as const).map((signs) => ({ version, signs })),
    ),
  )('signs with a key that is for RSASSA-PSS alone: v$version, by $signs', async ({ version, signs }) => {
    const { double, service } = await connected({ version, signer: signers.rsa, pssOnly: true }, { signs });
    const { documents } = await signed(service, manifestOf(['contract', 'annex']));
    for (const { cms } of documents)
      expect(openssl('asn1parse', '-inform', 'DER', '-in', asFile(cms))).toMatch(/rsassaPss[\s\S]*mgf1/);
    const call = double.calls.find(({ method }) => method.startsWith('signatures/sign'));
    expect(call?.body).toContain('signAlgoParams');
  });

  it('takes a PIN that the station holds beside the code of the signer, and answers that come later', async () => {
    const { service } = await connected({ pin: '2468', pending: 1 }, { secrets: { pin: '2468' } });
    expect((await signed(service, manifestOf(['contract']))).documents).toHaveLength(1);
  });

  it('finds the key of the signer in the list, by the number of their document', async () => {
    const { service } = await connected({}, { credential: { type: 'of-signer', userId: 'document-number' } });
    expect((await signed(service, manifestOf(['contract']))).documents).toHaveLength(1);
    const stranger = { ...identity, idDocument: { ...identity.idDocument, number: '99999999R' } };
    const register = service.registration.register(
      { identity: stranger, registrationAuthority: '1', profile: 'csc' },
      'registration',
    );
    expect(await refusal(register)).toBe('OSS_REQUEST_INVALID');
  });

  it('is admitted by the credentials of a client, once for many calls', async () => {
    const { double, service } = await connected(
      { clientSecret: 'hush' },
      {
        authorisation: { type: 'client-credentials', clientId: 'station' },
        secrets: { clientSecret: 'hush' },
      },
    );
    expect((await signed(service, manifestOf(['contract']))).documents).toHaveLength(1);
    expect(double.calls.filter(({ method }) => method === 'oauth2/token')).toHaveLength(1);
  });

  it('refuses without the secret of the client', async () => {
    const { service } = await connected(
      { clientSecret: 'hush' },
      {
        authorisation: { type: 'client-credentials', clientId: 'station' },
        secrets: { clientSecret: 'loud' },
      },
    );
    expect(await refusal(signed(service, manifestOf(['contract'])))).toBe('OSS_CREDENTIALS_INVALID');
  });

  it.each(['1', '2'] as const)('asks the signer in the browser, v%s', async (version) => {
    const { double, service } = await connected({ version, mode: 'oauth2code', clientSecret: 'hush' });
    const authorisation = { type: 'authorization-code' as const, clientId: 'station' };
    const own = new CscService({
      kind: 'csc',
      url: double.url,
      version,
      environment: 'production',
      credential: { type: 'fixed', id: 'ada/1' },
      signs: 'hash',
      withoutCode: false,
      authorisation,
      secrets: {},
      openBrowser: double.agreeInBrowser,
    });
    open.push(() => own.close());
    expect((await signed(own, manifestOf(['contract', 'annex']))).documents).toHaveLength(2);
    await service.close();
  });

  it('has a key made for this signature alone, named by its qualifier', async () => {
    const { double } = await connected({ mode: 'oauth2code' });
    const provider = otherProviderSchema.parse({
      kind: 'csc',
      url: double.url,
      signs: 'document',
      signatureQualifier: 'eu_eidas_aes',
      credential: { type: 'one-shot' },
      authorisation: { type: 'authorization-code', clientId: 'station' },
    });
    if (provider.kind !== 'csc') throw new Error('not the provider of this test');
    const own = new CscService({ ...provider, secrets: {}, openBrowser: double.agreeInBrowser });
    const withHashes = new CscService({ ...provider, signs: 'hash', secrets: {} });
    open.push(
      () => own.close(),
      () => withHashes.close(),
    );
    expect((await signed(own, manifestOf(['contract', 'annex']))).documents).toHaveLength(2);
    const [sent] = double.calls.filter(({ method }) => method === 'signatures/signDoc');
    expect(JSON.parse(sent?.body ?? '')).toMatchObject({ signatureQualifier: 'eu_eidas_aes' });
    expect(JSON.parse(sent?.body ?? '').credentialID).toBeUndefined();
    expect(await refusal(signed(withHashes, manifestOf(['contract'])))).toBe('OSS_CONFIG_INVALID');
  });

  it('refuses a wrong code, whatever words the provider has for it', async () => {
    const { service } = await connected();
    expect(await refusal(signed(service, manifestOf(['contract']), '000000'))).toBe('OSS_OTP_REFUSED');
  });

  it('says before a code is sent that the documents are too many for one', async () => {
    const { double, service } = await connected({ multisign: 2 });
    expect((await service.describe()).maxDocuments).toBe(2);
    expect(await refusal(signed(service, manifestOf(['a', 'b', 'c'])))).toBe('OSS_TOO_MANY_DOCUMENTS');
    expect(double.calls.map(({ method }) => method)).not.toContain('credentials/getChallenge');
  });

  it('refuses a key that would sign without asking the signer, unless the operator wants that', async () => {
    const noCode = { code: undefined } as unknown as Partial<CscDoubleOptions>;
    const { service } = await connected(noCode);
    expect(await refusal(signed(service, manifestOf(['contract'])))).toBe('OSS_CONFIG_INVALID');
    const { service: trial } = await connected({ ...noCode, multisign: 2 }, { withoutCode: true });
    expect((await signed(trial, manifestOf(['a', 'b', 'c']))).documents).toHaveLength(3);
  });

  it('knows of a signature as long as it lives, and of no other', async () => {
    const { service } = await connected();
    const manifest = manifestOf(['contract']);
    await signed(service, manifest, CODE, 'first');
    expect((await service.storedResponse('', 'first')).documents).toHaveLength(1);
    expect(await refusal(service.storedResponse('', 'second'))).toBe('OSS_REQUEST_STATE');
  });
});

describe('a provider that lies', () => {
  /** Each way of answering something else than what was asked for, with what remains of it. */
  const TRICKS: Readonly<Record<string, (answers: string[]) => string[]>> = {
    'one less': (answers) => answers.slice(1),
    'one more': (answers) => [...answers, ...answers.slice(0, 1)],
    none: () => [],
    'the first for all': (answers) => answers.map(() => answers[0] ?? ''),
    'a bit turned': ([first = '', ...others]) => [turned(first), ...others],
    'cut off': ([first = '', ...others]) => [first.slice(0, 40), ...others],
  };
  const turned = (text: string): string => {
    const bytes = Buffer.from(text, 'base64');
    const at = bytes.length - 3;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return bytes.toString('base64');
  };

  it('is caught in every order but the right one', async () => {
    const property = fc.asyncProperty(
      fc
        .integer({ min: 1, max: 5 })
        .chain((count) =>
          fc.shuffledSubarray([...Array(count).keys()], { minLength: count, maxLength: count }),
        ),
      fc.constantFrom('1' as const, '2' as const),
      fc.constantFrom('hash' as const, 'document' as const),
      async (order, version, signs) => {
        const trick = (answers: string[]) => order.map((from) => answers[from] ?? '');
        const { service } = await connected({ version, trick }, { signs });
        const manifest = manifestOf(order.map((_, index) => `document ${index}`));
        const isInOrder = order.every((from, index) => from === index);
        const outcome = await refusal(signed(service, manifest));
        if (isInOrder) expect(outcome).toBe('accepted');
        else expect(outcome).toMatch(/^OSS_SERVICE_WRONG_(SIGNATURE|DIGEST)$/);
      },
    );
    await fc.assert(property, { numRuns: 25 });
  });

  it.each(
    (['hash', 'document'] as const).flatMap((signs) => Object.keys(TRICKS).map((name) => ({ signs, name }))),
  )('is caught: $name, by $signs', async ({ signs, name }) => {
    const { service } = await connected({ trick: TRICKS[name] ?? ((answers) => answers) }, { signs });
    expect(await refusal(signed(service, manifestOf(['a', 'b'])))).toMatch(
      /^OSS_SERVICE_(WRONG_|RESPONSE_INVALID)/,
    );
  });

  it('is caught showing the certificate of somebody else, or signing with their key', async () => {
    const { service: shown } = await connected({ shown: another });
    expect(await refusal(signed(shown, manifestOf(['a'])))).toBe('OSS_SERVICE_WRONG_SUBJECT');
    const { service: used } = await connected({ signer: another, shown: signers.ec });
    expect(await refusal(signed(used, manifestOf(['a'])))).toBe('OSS_SERVICE_WRONG_SIGNATURE');
    const { service: both } = await connected({ signer: another }, { signs: 'document' });
    expect(await refusal(signed(both, manifestOf(['a'])))).toBe('OSS_SERVICE_WRONG_SUBJECT');
  });

  it('is caught with a certificate of another authority', async () => {
    const foreign = await makeCertificate({ commonName: 'Root', extensions: AUTHORITY_EXTENSIONS });
    const forged = await makeCertificate({
      commonName: SUBJECT.commonName,
      subject: SUBJECT,
      issuer: foreign,
      extensions: SIGNER_EXTENSIONS,
    });
    const { service } = await connected({ signer: forged, chain: [foreign.certificate.der] });
    expect(await refusal(signed(service, manifestOf(['a'])))).toBe('OSS_SERVICE_WRONG_CHAIN');
  });
});
