import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { asFile, openssl } from '../../../test/support/openssl.ts';
import { makeSandbox } from '../../../test/support/sandbox.ts';
import {
  buildOcspError,
  buildOcspRequest,
  type Certificate,
  checkChainRevocation,
  checkOcspResponse,
  equalBytes,
  parseCrl,
  parseOcspResponse,
  toPem,
} from '../../pki/index.ts';
import type { Authorities, IssuerName } from '../ca/authority.ts';
import type { Revocations } from '../ca/revocations.ts';
import { ensureSandboxAuthorities } from '../ca/sandbox-authorities.ts';
import { requestOfPath } from './ocsp-over-get.ts';
import { createStatusService, type StatusOptions } from './status-service.ts';

const NONE: Revocations = { root: [], issuing: [] };
let sandbox: Awaited<ReturnType<typeof makeSandbox>>;
let authorities: Authorities;
beforeAll(async () => {
  sandbox = await makeSandbox();
  authorities = sandbox.authorities;
});

function makeStatus(overrides: Partial<StatusOptions> = {}) {
  let number = 41n;
  const nextCrlNumber = async () => {
    number += 1n;
    return number;
  };
  return createStatusService({
    authorities,
    revocations: NONE,
    clock: () => new Date(),
    nextCrlNumber,
    ...overrides,
  });
}

const revoke = (certificate: Certificate): Revocations => ({
  root: [
    {
      serialNumber: certificate.fields.serialNumber,
      revokedAt: new Date(Date.now() - 60_000),
      reason: 'superseded',
    },
  ],
  issuing: [],
});
const pem = (certificate: Certificate) => asFile(toPem(certificate.der));

/** OpenSSL's own request with a nonce, our response, OpenSSL's verdict under the given root. */
async function askOpenssl(
  status: ReturnType<typeof makeStatus>,
  certificate: Certificate,
  hash = 'sha1',
  root = authorities.root.certificate,
) {
  const request = asFile('', 'request.der');
  const issuer = pem(authorities.root.certificate);
  openssl('ocsp', `-${hash}`, '-issuer', issuer, '-cert', pem(certificate), '-reqout', request);
  const response = asFile(await status.ocsp('root', readFileSync(request)));
  return openssl('ocsp', '-reqin', request, '-respin', response, '-CAfile', pem(root), '-resp_text');
}

describe('OCSP', () => {
  test.each(['sha1', 'sha256'])(
    'OpenSSL asks with %s and its nonce, and believes the answer',
    async (hash) => {
      expect(await askOpenssl(makeStatus(), authorities.tsa.certificate, hash)).toContain(
        'Cert Status: good',
      );
      const revoked = makeStatus({ revocations: revoke(authorities.tsa.certificate) });
      expect(await askOpenssl(revoked, authorities.tsa.certificate, hash)).toMatch(
        /: revoked[\s\S]*superseded/,
      );
    },
  );

  test('a certificate that was replaced is still known, one never issued is not called good (OC-03)', async () => {
    const former = authorities.tsa.certificate;
    const moved = await ensureSandboxAuthorities({ ...sandbox.options, publicUrl: 'http://127.0.0.1:4300' });
    expect(await askOpenssl(makeStatus({ authorities: moved }), former)).toContain('Cert Status: good');
    const foreign = (await makeSandbox()).authorities.tsa.certificate;
    const request = buildOcspRequest(foreign, authorities.root.certificate);
    const answer = await makeStatus().ocsp('root', request);
    expect(answer).toEqual(buildOcspError('unauthorized'));
  });

  test('says nothing about certificates of another authority, nor to garbage', async () => {
    const request = buildOcspRequest(authorities.tsa.certificate, authorities.root.certificate);
    expect(await makeStatus().ocsp('issuing', request)).toEqual(buildOcspError('unauthorized'));
    expect(await makeStatus().ocsp('root', Buffer.from('garbage'))).toEqual(
      buildOcspError('malformedRequest'),
    );
  });

  test('echoes the nonce exactly (OC-01)', async () => {
    const nonce = Uint8Array.of(0, 0xff, ...randomBytes(30));
    const { tsa, root } = authorities;
    const request = buildOcspRequest(tsa.certificate, root.certificate, nonce);
    const response = await makeStatus().ocsp('root', request);
    expect(parseOcspResponse(response).nonce).toEqual(Buffer.from(nonce));
    checkOcspResponse(response, {
      certificate: tsa.certificate,
      issuer: root.certificate,
      at: new Date(),
      nonce,
    });
  });

  test('over GET: base64 in the path, percent-encoded or not', () => {
    const request = Buffer.from(buildOcspRequest(authorities.tsa.certificate, authorities.root.certificate));
    const base64 = request.toString('base64');
    expect(requestOfPath(encodeURIComponent(base64))).toEqual(request);
    expect(requestOfPath(base64)).toEqual(request);
    expect(requestOfPath('%E0%A4%A')).toBeUndefined();
    expect(requestOfPath('not base64!')).toBeUndefined();
  });
});

describe('CRL', () => {
  test.each<IssuerName>(['root', 'issuing'])(
    'of %s verifies with OpenSSL and has a next update',
    async (issuer) => {
      const der = await makeStatus().crl(issuer);
      const authority = pem(authorities[issuer].certificate);
      const text = openssl(
        'crl',
        '-inform',
        'DER',
        '-in',
        asFile(der),
        '-CAfile',
        authority,
        '-noout',
        '-text',
      );
      expect(text).toContain('Next Update');
      expect(text).toMatch(/CRL Number:\s+42/);
    },
  );

  test('OpenSSL refuses a revoked TSA by it', async () => {
    const { root, tsa } = authorities;
    const verify = async (revocations: Revocations) => {
      const crl = asFile(toPem(await makeStatus({ revocations }).crl('root'), 'X509 CRL'));
      return openssl(
        'verify',
        '-crl_check',
        '-CAfile',
        pem(root.certificate),
        '-CRLfile',
        crl,
        pem(tsa.certificate),
      );
    };
    expect(await verify(NONE)).toContain('OK');
    await expect(verify(revoke(tsa.certificate))).rejects.toThrow(/revoked/);
  });

  test('is made again after ten minutes, with a greater number', async () => {
    let now = Date.now();
    const status = makeStatus({ clock: () => new Date(now) });
    const first = await status.crl('root');
    now += 9 * 60_000;
    expect(await status.crl('root')).toBe(first);
    now += 60_000;
    expect(parseCrl(await status.crl('root')).number).toBe(43n);
  });

  test('a failure is not kept', async () => {
    let fail = true;
    const nextCrlNumber = async () => {
      if (fail) throw new Error('database away');
      return 7n;
    };
    const status = makeStatus({ nextCrlNumber });
    await expect(status.crl('root')).rejects.toThrow('database away');
    fail = false;
    expect(parseCrl(await status.crl('root')).number).toBe(7n);
  });

  test('of an offline root is the one that was put there', async () => {
    const offlineRootCrl = await makeStatus().crl('root');
    const offline = { ...authorities, root: { ...authorities.root, signer: undefined }, offlineRootCrl };
    expect(await makeStatus({ authorities: offline }).crl('root')).toBe(offlineRootCrl);
  });
});

test('what ships has the list of the issuing authority, made in the second of the signature or later', async () => {
  let now = Date.parse('2026-03-01T10:00:00.900Z');
  let lists = 0;
  const status = makeStatus({
    clock: () => new Date(now),
    nextCrlNumber: async () => BigInt(++lists),
  });
  const issuingList = async () => {
    const { crls } = await status.revocationData();
    const { subject } = authorities.issuing.certificate;
    return crls.map((der) => parseCrl(der)).find(({ issuer }) => equalBytes(issuer.der, subject.der));
  };
  expect((await issuingList())?.thisUpdate).toEqual(new Date('2026-03-01T10:00:00Z'));
  const before = lists;
  now += 50;
  await issuingList();
  expect(lists).toBe(before);
  now += 50;
  expect((await issuingList())?.thisUpdate).toEqual(new Date('2026-03-01T10:00:01Z'));
  expect(lists).toBe(before + 1);
});

test('what ships with a signature settles the chains of signer and TSA (LT-02, LT-03)', async () => {
  const { crls, ocspResponses } = await makeStatus().revocationData();
  const { root, issuing, tsa } = authorities;
  for (const leaf of [issuing, tsa]) {
    const chain = [leaf.certificate, root.certificate];
    expect(checkChainRevocation(chain, { crls: [], ocspResponses }, new Date()).ocspResponses).toHaveLength(
      1,
    );
    expect(checkChainRevocation(chain, { crls, ocspResponses: [] }, new Date()).crls).toHaveLength(1);
  }
});

test('certificates for the caIssuers addresses are DER', () => {
  const der = makeStatus().certificate('issuing');
  expect(openssl('x509', '-inform', 'DER', '-in', asFile(der), '-noout', '-subject')).toContain(
    'SANDBOX Issuing CA',
  );
});
