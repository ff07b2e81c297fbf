import { execFile } from 'node:child_process';
import { createHash, createVerify } from 'node:crypto';
import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PYHANKO_PYTHON } from '../../../scripts/prerequisites.mjs';
import {
  Certificate,
  CertificatePool,
  certificatesFromPem,
  digest,
  verifyCms,
  verifyTimestampToken,
} from '../../../src/pki/index.ts';
import { SANDBOX_OFFICER } from '../../../src/service/index.ts';
import { describeWithJudge } from '../../conformance/judges/at-hand.ts';
import { freePort } from '../../support/local-server.ts';
import { newIdentity, startTestService, type TestService, wrongCode } from '../service-client.ts';
import { CscClient, newHash, newVerifier, pageIn, SHA256 } from './csc-client.ts';

const { username, password, pin, registrationAuthority } = SANDBOX_OFFICER;
const SEAL = 'sandbox-seal';
const REDIRECT = 'http://127.0.0.1/cb';
const RSA_SHA256 = '1.2.840.113549.1.1.11';
const ECDSA_SHA256 = '1.2.840.10045.4.3.2';

let running: TestService;
let csc: CscClient;

beforeAll(async () => {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'csc-secrets-'));
  const secretFile = join(folder, 'secret');
  await writeFile(secretFile, 'a secret of the client', { mode: 0o600 });
  running = await startTestService({
    csc: {
      port,
      clients: [
        { id: 'bank', secretFile, officer: username, redirectUris: [REDIRECT, 'https://bank.example/cb'] },
        { id: 'public', officer: username, redirectUris: [REDIRECT] },
      ],
    },
  });
  csc = new CscClient(running.service.ready.cscUrl ?? '');
  await csc.login(username, password);
});
afterAll(() => running.close());

const refusal = (status: number, error: string, description?: RegExp) => ({
  status,
  body: { error, ...(description && { error_description: expect.stringMatching(description) }) },
});

async function newCredential(): Promise<string> {
  const { status, body, text } = await csc.post('v2/one-shot/create', {
    identity: newIdentity(),
    registrationAuthority,
    profile: 'single-use-p256',
    pin,
  });
  expect(status, text).toBe(201);
  return body.credentialID;
}

/** A credential whose code has been sent for these digests. */
async function challenged(hashes: readonly string[]): Promise<{ credentialID: string; code: string }> {
  const credentialID = await newCredential();
  expect(await csc.post('v2/one-shot/digests', { credentialID, hashes })).toMatchObject({ status: 204 });
  expect(await csc.post('v2/credentials/getChallenge', { credentialID, authObjectID: 'OTP' })).toMatchObject({
    status: 204,
  });
  return { credentialID, code: await running.client.code(credentialID) };
}

const authorizeCall = (
  credentialID: string,
  hashes: readonly string[],
  id: 'OTP' | 'PIN',
  value: string,
) => ({
  ...{ credentialID, numSignatures: hashes.length, hashes, hashAlgorithmOID: SHA256 },
  authData: [{ id, value }],
});

const signDocCall = (credentialID: string, hashes: readonly string[], SAD?: string) => ({
  credentialID,
  ...(SAD !== undefined && { SAD }),
  documentDigests: [
    {
      hashes,
      hashAlgorithmOID: SHA256,
      signature_format: 'P',
      conformance_level: 'Ades-B-T',
      signAlgo: ECDSA_SHA256,
    },
  ],
});

/** What came back is a PAdES signature value over this digest. */
function expectSignatureOver(object: string, hash: string): Certificate {
  const cms = verifyCms(Buffer.from(object, 'base64'), Buffer.from(hash, 'base64'));
  expect(cms).toMatchObject({ digestMatches: true, signatureValid: true, findings: [] });
  const anchors = new CertificatePool(certificatesFromPem(running.service.ready.sandbox?.anchorPem ?? ''));
  verifyTimestampToken(cms.timestampTokens[0] ?? new Uint8Array(0), {
    imprint: (algorithm) => digest(algorithm, cms.signature),
    pool: new CertificatePool(cms.certificates),
    anchors,
    at: new Date(),
  });
  if (!cms.signerCertificate) throw new Error('no certificate');
  return cms.signerCertificate;
}

describe('what the service says of itself', () => {
  it('is the same to anybody, in the shape of each version', async () => {
    expect(await csc.post('v2/info', {}, '')).toMatchObject({
      status: 200,
      body: {
        specs: '2.0.0.2',
        authType: expect.arrayContaining(['oauth2code']),
        signature_formats: { formats: ['P'] },
      },
    });
    const { body } = await csc.post('v1/info', { lang: 'xx' }, '');
    expect(body).toMatchObject({
      specs: '1.0.4.0',
      methods: expect.arrayContaining(['credentials/sendOTP']),
    });
    expect(body.methods).not.toContain('signatures/signDoc');
  });

  it('lets nobody in without a token, and ends one that is revoked', async () => {
    expect(await csc.post('v2/credentials/list', {}, 'x'.repeat(43))).toMatchObject(
      refusal(401, 'invalid_token'),
    );
    const other = new CscClient(csc.base);
    expect(await other.login(username, 'wrong')).toMatchObject(refusal(401, 'authentication_error'));
    await other.login(username, password);
    expect(await other.post('v2/credentials/list', {})).toMatchObject({ status: 200 });
    expect(await other.post('v2/auth/revoke', { token: other.token })).toMatchObject({ status: 204 });
    expect(await other.post('v2/credentials/list', {})).toMatchObject(refusal(401, 'invalid_token'));
  });
});

describe('a seal', () => {
  it('is listed and described with its certificate, in both versions', async () => {
    const listed = await csc.post('v2/credentials/list', {
      credentialInfo: true,
      certificates: 'chain',
      certInfo: true,
    });
    expect(listed.body).toMatchObject({
      credentialIDs: [SEAL],
      credentialInfos: [
        { credentialID: SEAL, key: { algo: [RSA_SHA256, '1.2.840.113549.1.1.1'] }, SCAL: '2' },
      ],
    });
    const v1 = await csc.post('v1/credentials/info', {
      credentialID: SEAL,
      certificates: 'single',
      authInfo: true,
    });
    expect(v1.body).toMatchObject({
      authMode: 'explicit',
      PIN: { presence: 'true' },
      OTP: { presence: 'false' },
    });
    expect(new Certificate(Buffer.from(v1.body.cert.certificates[0], 'base64')).subject.text).toContain(
      'SANDBOX',
    );
  });

  const authorised = async (hashes: readonly string[]): Promise<string> =>
    (await csc.post('v2/credentials/authorize', authorizeCall(SEAL, hashes, 'PIN', pin))).body.SAD;
  const signHash = (hashes: readonly string[], SAD: string, more: object = {}) =>
    csc.post('v2/signatures/signHash', {
      ...{ credentialID: SEAL, hashes, hashAlgorithmOID: SHA256, signAlgo: RSA_SHA256, SAD },
      ...more,
    });

  it('signs the hashes that the PIN authorised, in their order, each once', async () => {
    const attributes = [1, 2, 3].map((one) => Buffer.from(`signed attributes ${one}`));
    const hashes = attributes.map((bytes) => createHash('sha256').update(bytes).digest('base64'));
    const SAD = await authorised(hashes);
    const turned = [hashes[2] ?? '', hashes[0] ?? ''];
    const { body, status } = await signHash(turned, SAD);
    expect(status).toBe(200);
    const { body: info } = await csc.post('v2/credentials/info', { credentialID: SEAL });
    const key = new Certificate(Buffer.from(info.cert.certificates[0], 'base64')).publicKeySpki;
    for (const [index, signed] of [attributes[2], attributes[0]].entries())
      expect(
        createVerify('sha256')
          .update(signed ?? '')
          .verify({ key: Buffer.from(key), format: 'der', type: 'spki' }, body.signatures[index], 'base64'),
      ).toBe(true);
    expect(await signHash([hashes[0] ?? ''], SAD)).toMatchObject(
      refusal(400, 'invalid_request', /not authorized/),
    );
    expect(await signHash([hashes[1] ?? ''], SAD)).toMatchObject({ status: 200 });
  });

  it('signs nothing that was not authorised: of any call either all hashes are its own, or none is signed', async () => {
    const pool = Array.from({ length: 4 }, newHash);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...pool), { minLength: 1, maxLength: 5 }),
        fc.array(fc.constantFrom(...pool), { minLength: 1, maxLength: 5 }),
        async (allowed, asked) => {
          const SAD = await authorised(allowed);
          const { status } = await signHash(asked, SAD);
          const isWithin = pool.every((hash) => count(asked, hash) <= count(allowed, hash));
          expect(status).toBe(isWithin ? 200 : 400);
          // What was refused has used nothing up.
          if (!isWithin) expect(await signHash(allowed, SAD)).toMatchObject({ status: 200 });
        },
      ),
      { numRuns: 15 },
    );
  });
  const count = (all: readonly string[], one: string): number => all.filter((hash) => hash === one).length;

  it('gives one SAD for another, and then the first is void', async () => {
    const [first, second] = [newHash(), newHash()];
    const SAD = await authorised([first]);
    const { body } = await csc.post('v2/credentials/extendTransaction', {
      ...{ credentialID: SEAL, SAD, hashes: [second], hashAlgorithmOID: SHA256 },
    });
    expect(await signHash([first], SAD)).toMatchObject(refusal(400, 'invalid_request', /SAD/));
    expect(await signHash([second], body.SAD)).toMatchObject({ status: 200 });
  });

  it.each([
    ['a wrong PIN', authorizeCall(SEAL, [newHash()], 'PIN', '9999'), 'invalid_authentication_data'],
    [
      'no PIN',
      { ...authorizeCall(SEAL, [newHash()], 'PIN', pin), authData: [] },
      'invalid_authentication_data',
    ],
    [
      'another number',
      { ...authorizeCall(SEAL, [newHash()], 'PIN', pin), numSignatures: 2 },
      'invalid_request',
    ],
    ['a hash of another length', authorizeCall(SEAL, ['AAAA'], 'PIN', pin), 'invalid_request'],
    [
      'another algorithm',
      { ...authorizeCall(SEAL, [newHash()], 'PIN', pin), hashAlgorithmOID: '1.3.14.3.2.26' },
      'invalid_request',
    ],
    ['a credential that is not there', authorizeCall('other', [newHash()], 'PIN', pin), 'invalid_request'],
  ])('refuses %s', async (_, call, error) => {
    expect(await csc.post('v2/credentials/authorize', call)).toMatchObject(refusal(400, error));
  });

  it('refuses a SAD of nobody, and one of another credential', async () => {
    const hashes = [newHash()];
    expect(await signHash(hashes, 'A'.repeat(43))).toMatchObject(refusal(400, 'invalid_request', /SAD/));
    const SAD = await authorised(hashes);
    expect(await signHash(hashes, SAD, { credentialID: 'other' })).toMatchObject(
      refusal(400, 'invalid_request'),
    );
    expect(await signHash(hashes, SAD, { signAlgo: ECDSA_SHA256 })).toMatchObject(
      refusal(400, 'invalid_request'),
    );
    expect(await signHash(hashes, SAD)).toMatchObject({ status: 200 });
  });

  it('stamps a hash as a time-stamp token', async () => {
    const hash = newHash();
    const { body } = await csc.post('v2/signatures/timestamp', { hash, hashAlgo: SHA256, nonce: 'abc' });
    expect(Buffer.from(body.timestamp, 'base64').includes(Buffer.from(hash, 'base64'))).toBe(true);
    const short = await csc.post('v2/signatures/timestamp', { hash: 'AAAA', hashAlgo: SHA256 });
    expect(short).toMatchObject(refusal(400, 'invalid_request', /digest value length/));
  });
});

describe('a one-shot credential, authorised explicitly', () => {
  it('signs all digests with one certificate of the person, and nothing again', async () => {
    const hashes = [newHash(), newHash()];
    const { credentialID, code } = await challenged(hashes);
    const info = await csc.post('v2/credentials/info', { credentialID, authInfo: true });
    expect(info.body).toMatchObject({
      cert: {},
      auth: { objects: [{ type: 'ChallengeResponse', id: 'OTP' }] },
    });
    const wrong = authorizeCall(credentialID, hashes, 'OTP', wrongCode(code));
    expect(await csc.post('v2/credentials/authorize', wrong)).toMatchObject(
      refusal(400, 'invalid_authentication_data'),
    );
    const { body } = await csc.post(
      'v2/credentials/authorize',
      authorizeCall(credentialID, hashes, 'OTP', code),
    );
    expect(body.expiresIn).toBeGreaterThan(60);
    const foreign = signDocCall(credentialID, [hashes[0] ?? '', newHash()], body.SAD);
    expect(await csc.post('v2/signatures/signDoc', foreign)).toMatchObject(
      refusal(400, 'invalid_request', /not authorized/),
    );
    // What is refused leaves the authorisation as it was.
    const extended = { credentialID, SAD: body.SAD, hashes: [newHash()], hashAlgorithmOID: SHA256 };
    expect(await csc.post('v2/credentials/extendTransaction', extended)).toMatchObject(
      refusal(400, 'invalid_request', /its code was sent for/),
    );
    const [digests] = signDocCall(credentialID, hashes).documentDigests;
    const withSalt = {
      ...{ credentialID, SAD: body.SAD },
      documentDigests: [{ ...digests, signAlgoParams: 'MAA=' }],
    };
    expect(await csc.post('v2/signatures/signDoc', withSalt)).toMatchObject(
      refusal(400, 'invalid_request', /signAlgoParams/),
    );
    const turned = hashes.toReversed();
    const signed = await csc.post('v2/signatures/signDoc', signDocCall(credentialID, turned, body.SAD));
    expect(signed.status, signed.text).toBe(200);
    const signers = signed.body.SignatureObject.map((object: string, index: number) =>
      expectSignatureOver(object, turned[index] ?? ''),
    );
    expect(new Set(signers.map(({ fingerprint }: Certificate) => fingerprint)).size).toBe(1);
    const again = await csc.post('v2/signatures/signDoc', signDocCall(credentialID, turned, body.SAD));
    expect(again).toMatchObject(refusal(400, 'invalid_request'));
    const evidence = await csc.send(`/csc/v2/one-shot/${credentialID}/signatures`, {
      headers: { authorization: `Bearer ${csc.token}` },
    });
    expect(evidence.body).toMatchObject({ validationInfo: { certificates: expect.anything() } });
    expectSignatureOver(evidence.body.SignatureObject[0], hashes[0] ?? '');
  });

  it('sends no code for nothing, and takes it for nothing else than what it was sent for', async () => {
    const credentialID = await newCredential();
    const unregistered = await csc.post('v2/credentials/getChallenge', { credentialID });
    expect(unregistered).toMatchObject(refusal(400, 'invalid_request', /registered first/));
    const hashes = [newHash()];
    const sent = await challenged(hashes);
    const other = authorizeCall(sent.credentialID, [newHash()], 'OTP', sent.code);
    expect(await csc.post('v2/credentials/authorize', other)).toMatchObject(
      refusal(400, 'invalid_request', /other digests/),
    );
    // The signer has lost no try by that.
    const own = authorizeCall(sent.credentialID, hashes, 'OTP', sent.code);
    expect(await csc.post('v2/credentials/authorize', own)).toMatchObject({ status: 200 });
  });

  it('speaks version 1 up to the SAD', async () => {
    const hashes = [newHash()];
    const credentialID = await newCredential();
    await csc.post('v2/one-shot/digests', { credentialID, hashes });
    expect(await csc.post('v1/credentials/sendOTP', { credentialID })).toMatchObject({
      status: 200,
      body: {},
    });
    const OTP = await running.client.code(credentialID);
    const call = { credentialID, numSignatures: 1, hash: hashes, OTP: wrongCode(OTP) };
    expect(await csc.post('v1/credentials/authorize', call)).toMatchObject(refusal(400, 'invalid_otp'));
    expect(await csc.post('v1/credentials/authorize', { ...call, OTP })).toMatchObject({ status: 200 });
  });

  it('of ten calls at once one signs', async () => {
    const hashes = [newHash()];
    const { credentialID, code } = await challenged(hashes);
    const { body } = await csc.post(
      'v2/credentials/authorize',
      authorizeCall(credentialID, hashes, 'OTP', code),
    );
    const calls = Array.from({ length: 10 }, () =>
      csc.post('v2/signatures/signDoc', signDocCall(credentialID, hashes, body.SAD)),
    );
    const statuses = (await Promise.all(calls)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  });
});

describe('a one-shot credential, authorised on the page', () => {
  const details = (credentialID: string, hashes: readonly string[]) =>
    JSON.stringify([
      {
        type: 'credential',
        credentialID,
        documentDigests: hashes.map((hash, index) => ({ hash, label: `Contract <${index + 1}> & more` })),
        hashAlgorithmOID: SHA256,
      },
    ]);

  async function pushed(
    credentialID: string,
    hashes: readonly string[],
    change: Record<string, string> = {},
  ) {
    const { verifier, challenge } = newVerifier();
    const response = await csc.form('oauth2/pushed_authorize', {
      ...{ client_id: 'bank', client_secret: 'a secret of the client', response_type: 'code' },
      ...{ redirect_uri: 'http://127.0.0.1:49152/cb', scope: 'credential', state: 'xyz' },
      ...{ code_challenge: challenge, code_challenge_method: 'S256' },
      authorization_details: details(credentialID, hashes),
      ...change,
    });
    return { verifier, response };
  }
  const open = (requestUri: string, client = 'bank') =>
    csc.send(
      `/csc/v2/oauth2/authorize?${new URLSearchParams({ client_id: client, request_uri: requestUri })}`,
      {},
    );
  const tokenFor = (code: string, verifier: string, change: Record<string, string> = {}) =>
    csc.form('oauth2/token', {
      ...{ grant_type: 'authorization_code', code, code_verifier: verifier },
      ...{
        client_id: 'bank',
        client_secret: 'a secret of the client',
        redirect_uri: 'http://127.0.0.1:49152/cb',
      },
      ...change,
    });

  /** As far as the address that the browser is sent to. */
  async function confirmed(hashes: readonly string[]) {
    const credentialID = await newCredential();
    const { verifier, response } = await pushed(credentialID, hashes);
    const page = await open(response.body.request_uri);
    const held = pageIn(page);
    const sent = await csc.form('/csc/v2/oauth2/authorize/send', { page: held });
    const code = await running.client.code(credentialID);
    const back = await csc.form('/csc/v2/oauth2/authorize/confirm', { page: held, code });
    const to = new URL(back.location ?? 'http://nowhere');
    return { credentialID, verifier, page, sent, to, code, held };
  }

  it('is shown what will be signed, types the code, and the application signs with the token', async () => {
    const hashes = [newHash(), newHash()];
    const { credentialID, verifier, page, sent, to } = await confirmed(hashes);
    expect(page.text).toContain('Contract &lt;1&gt; &amp; more');
    expect(page.text).toContain(Buffer.from(hashes[1] ?? '', 'base64').toString('hex'));
    expect(page.text).not.toMatch(/<script|javascript:/i);
    const reference =
      /([0-9A-Z]{4}-[0-9A-Z]{4}|[0-9A-Z-]{6,12})/.exec(sent.text.replace(/[\s\S]*<\/ol>/, ''))?.[1] ?? '';
    const { body } = await running.client.get(`/v1/sandbox/outbox?request=${credentialID}`);
    expect(body.messages.at(-1).text).toContain(reference);
    expect(to.origin + to.pathname).toBe('http://127.0.0.1:49152/cb');
    expect(Object.fromEntries(to.searchParams)).toMatchObject({ state: 'xyz', iss: csc.base });
    const token = await tokenFor(to.searchParams.get('code') ?? '', verifier);
    expect(token.body).toMatchObject({
      token_type: 'Bearer',
      credentialID,
      authorization_details: [{ credentialID }],
    });
    const signed = await csc.post(
      'v2/signatures/signDoc',
      signDocCall(credentialID, hashes),
      token.body.access_token,
    );
    expect(signed.status, signed.text).toBe(200);
    for (const [index, object] of signed.body.SignatureObject.entries())
      expectSignatureOver(object, hashes[index] ?? '');
    const again = await csc.post(
      'v2/signatures/signDoc',
      signDocCall(credentialID, hashes),
      token.body.access_token,
    );
    expect(again).toMatchObject(refusal(400, 'invalid_request'));
  });

  it('gives a token that is good for its signature and for nothing else', async () => {
    const hashes = [newHash()];
    const { credentialID, verifier, to } = await confirmed(hashes);
    const { body } = await tokenFor(to.searchParams.get('code') ?? '', verifier);
    const token: string = body.access_token;
    const others: [path: string, call: object][] = [
      ['v2/credentials/list', {}],
      ['v2/credentials/info', { credentialID: SEAL }],
      ['v2/one-shot/digests', { credentialID, hashes: [newHash()] }],
      ['v2/credentials/getChallenge', { credentialID }],
      ['v2/credentials/authorize', authorizeCall(SEAL, [newHash()], 'PIN', pin)],
      ['v2/signatures/signHash', { credentialID: SEAL, hashes, signAlgo: RSA_SHA256, SAD: token }],
      ['v2/signatures/timestamp', { hash: newHash(), hashAlgo: SHA256 }],
    ];
    for (const [path, call] of others)
      expect([path, await csc.post(path, call, token)]).toMatchObject([path, refusal(401, 'invalid_token')]);
    const evidence = await csc.send(`/csc/v2/one-shot/${credentialID}/signatures`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(evidence).toMatchObject(refusal(401, 'invalid_token'));
    const another = await newCredential();
    const foreign = await csc.post('v2/signatures/signDoc', signDocCall(another, hashes), token);
    expect(foreign).toMatchObject(refusal(400, 'invalid_request', /SAD/));
    expect(await csc.post('v2/signatures/signDoc', signDocCall(credentialID, hashes), token)).toMatchObject({
      status: 200,
    });
  });

  it('gives a token once, to the client that began, with its verifier and its address', async () => {
    const attempts: [change: Record<string, string>, verifier: (own: string) => string][] = [
      [{}, () => 'another verifier'],
      [{ redirect_uri: 'https://bank.example/cb' }, (own) => own],
      [{ client_id: 'public', client_secret: '' }, (own) => own],
    ];
    for (const [change, verifierOf] of attempts) {
      const { verifier, to } = await confirmed([newHash()]);
      const code = to.searchParams.get('code') ?? '';
      expect((await tokenFor(code, verifierOf(verifier), change)).status).toBeGreaterThanOrEqual(400);
      // The try has used it up.
      if (!('client_secret' in change))
        expect(await tokenFor(code, verifier)).toMatchObject(refusal(400, 'invalid_grant'));
    }
    const { verifier, to } = await confirmed([newHash()]);
    const code = to.searchParams.get('code') ?? '';
    expect(await tokenFor(code, verifier)).toMatchObject({ status: 200 });
    expect(await tokenFor(code, verifier)).toMatchObject(refusal(400, 'invalid_grant'));
  });

  it('says a wrong code on the page, and returns who declines', async () => {
    const credentialID = await newCredential();
    const { response } = await pushed(credentialID, [newHash()]);
    const held = pageIn(await open(response.body.request_uri));
    await csc.form('/csc/v2/oauth2/authorize/send', { page: held });
    const code = await running.client.code(credentialID);
    const wrong = await csc.form('/csc/v2/oauth2/authorize/confirm', { page: held, code: wrongCode(code) });
    expect(wrong).toMatchObject({ status: 200, text: expect.stringContaining('role="alert"') });
    const declined = await csc.form('/csc/v2/oauth2/authorize/decline', { page: held });
    expect(new URL(declined.location ?? '').searchParams.get('error')).toBe('access_denied');
    const late = await csc.form('/csc/v2/oauth2/authorize/confirm', { page: held, code });
    expect(late).toMatchObject({ status: 400, text: expect.stringContaining('<h1>') });
  });

  it.each<[what: string, change: Record<string, string>, error: string]>([
    ['a wrong secret', { client_secret: 'guessed' }, 'invalid_client'],
    ['an address that is not registered', { redirect_uri: 'https://evil.example/cb' }, 'invalid_request'],
    ['another path at a loopback address', { redirect_uri: 'http://127.0.0.1:1/other' }, 'invalid_request'],
    ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['no details', { authorization_details: '[]' }, 'invalid_request'],
    ['details that are no JSON', { authorization_details: '{' }, 'invalid_request'],
    ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
  ])('refuses %s', async (_, change, error) => {
    const { response } = await pushed(await newCredential(), [newHash()], change);
    expect(response.body.error).toBe(error);
  });

  it('takes plain parameters too, and sends nobody to an address that is not registered', async () => {
    const credentialID = await newCredential();
    const hash = newHash();
    const plain = {
      ...{
        client_id: 'public',
        response_type: 'code',
        scope: 'credential',
        credentialID,
        numSignatures: '1',
      },
      ...{ hashes: Buffer.from(hash, 'base64').toString('base64url'), hashAlgorithmOID: SHA256 },
      ...{ code_challenge: newVerifier().challenge, code_challenge_method: 'S256', lang: 'fr' },
    };
    const at = (redirect_uri: string) =>
      csc.send(`/csc/v2/oauth2/authorize?${new URLSearchParams({ ...plain, redirect_uri })}`, {});
    expect((await at(REDIRECT)).text).toContain('<html lang="fr">');
    expect(await at('https://evil.example/')).toMatchObject({ status: 400, location: null });
  });

  it('gives a client a token for itself only for its secret', async () => {
    const call = { grant_type: 'client_credentials', scope: 'service' };
    expect(await csc.form('oauth2/token', { ...call, client_id: 'public' })).toMatchObject(
      refusal(401, 'invalid_client'),
    );
    const { body } = await csc.form('oauth2/token', {
      ...call,
      client_id: 'bank',
      client_secret: 'a secret of the client',
    });
    expect(await csc.post('v2/credentials/list', {}, body.access_token)).toMatchObject({
      body: { credentialIDs: [SEAL] },
    });
  });
});

describeWithJudge('pyHanko', 'pyHanko as an application of others', () => {
  it('signs PDFs with the seal through version 1, in one authorisation, and finds them valid', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'csc-pyhanko-'));
    const root = join(folder, 'root.pem');
    await writeFile(root, running.service.ready.sandbox?.anchorPem ?? '');
    const script = join(import.meta.dirname, 'sign_with_pyhanko.py');
    const { stdout } = await promisify(execFile)(PYHANKO_PYTHON, [
      script,
      csc.base,
      SEAL,
      csc.token ?? '',
      pin,
      root,
      folder,
    ]);
    expect(stdout.trim().split('\n')).toEqual(['0 valid trusted', '1 valid trusted', '2 valid trusted']);
    expect((await readdir(folder)).filter((name) => name.endsWith('.pdf'))).toHaveLength(3);
  }, 60_000);
});
