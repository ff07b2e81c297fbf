import { createHash, randomBytes, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OID, parseCertificate, parseSignedData } from '../../src/pki/index.ts';
import { type Sandbox, startSandbox } from '../integration/sandbox.ts';
import { Station } from '../integration/station.ts';
import { describeWithJudge } from './judges/at-hand.ts';
import { runJudge } from './judges/judged-file.ts';
import { lastSignature } from './signature-bytes.ts';

const openssl = (...args: string[]) => runJudge('openssl', args);

describeWithJudge('OpenSSL', 'OpenSSL, asked about a signed file', () => {
  let directory: string;
  let sandbox: Sandbox;
  const at = (name: string): string => join(directory, name);

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'openssl-'));
    sandbox = await startSandbox();
    const station = await Station.open({ serviceUrl: sandbox.url, anchor: sandbox.anchor, directory });
    const [report] = await station.signAll([
      { path: join(import.meta.dirname, '../corpus/libreoffice.pdf') },
    ]);
    await station.close();
    const { signedContent, cms } = lastSignature(readFileSync(report?.file ?? ''));
    const { signature, unsignedAttributes } = parseSignedData(cms).signer;
    const [token = Buffer.alloc(0)] = unsignedAttributes.get(OID.signatureTimeStamp) ?? [];
    await Promise.all([
      writeFile(at('root.pem'), sandbox.anchor),
      writeFile(at('cms.der'), cms),
      writeFile(at('content'), signedContent),
      writeFile(at('signature-value'), signature),
      writeFile(at('token.der'), token),
    ]);
    await splitCertificates();
  });
  afterAll(async () => {
    await sandbox?.close();
    await rm(directory, { recursive: true });
  });

  /** signer.pem and issuing.pem, as OpenSSL takes them out of the CMS. */
  async function splitCertificates(): Promise<void> {
    await openssl(
      'pkcs7',
      '-inform',
      'DER',
      '-in',
      at('cms.der'),
      '-print_certs',
      '-out',
      at('embedded.pem'),
    );
    const pems =
      (await readFile(at('embedded.pem'), 'utf8')).match(/-----BEGIN[\s\S]+?-----END.*-----/g) ?? [];
    for (const pem of pems) {
      const { ca } = new X509Certificate(pem);
      await writeFile(at(ca ? 'issuing.pem' : 'signer.pem'), pem);
    }
  }

  const verifyCms = (content: string, anchor: string) =>
    openssl(
      ...['cms', '-verify', '-inform', 'DER', '-in', at('cms.der'), '-binary', '-content', content],
      ...['-CAfile', anchor, '-purpose', 'any', '-out', '/dev/null'],
    );

  it('cms -verify: the CMS is a valid CAdES signature over the ByteRange', async () => {
    const { code, output } = await verifyCms(at('content'), at('root.pem'));
    expect(output).toContain('CMS Verification successful');
    expect(code).toBe(0);
  });

  it('cms -verify refuses other content and another anchor', async () => {
    const changed = await readFile(at('content'));
    changed.writeUInt8(changed.readUInt8(100) ^ 1, 100);
    await writeFile(at('changed'), changed);
    expect((await verifyCms(at('changed'), at('root.pem'))).code).not.toBe(0);
    await openssl(
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-subj',
        '/CN=Other',
      ],
      ...['-keyout', at('other.key'), '-out', at('other.pem')],
    );
    expect((await verifyCms(at('content'), at('other.pem'))).code).not.toBe(0);
  });

  it('verify -x509_strict: the single-use certificate chains to the root', async () => {
    const chain = ['-CAfile', at('root.pem'), '-untrusted', at('issuing.pem'), at('signer.pem')];
    const { code, output } = await openssl('verify', '-x509_strict', '-policy_check', ...chain);
    expect(output).toContain('signer.pem: OK');
    expect(code).toBe(0);
  });

  it('crl: the CRL of the root is served, is signed by it and does not list the issuing authority', async () => {
    const [address] = parseCertificate(derOf('issuing.pem')).crlDistributionPoints;
    await download(address, 'root.crl');
    await openssl('crl', '-inform', 'DER', '-in', at('root.crl'), '-out', at('root.crl.pem'));
    const { output } = await openssl(
      'crl',
      '-in',
      at('root.crl.pem'),
      '-CAfile',
      at('root.pem'),
      '-noout',
      '-text',
    );
    expect(output).toContain('verify OK');
    const revocation = ['-crl_check', '-CRLfile', at('root.crl.pem')];
    const verified = await openssl('verify', '-CAfile', at('root.pem'), ...revocation, at('issuing.pem'));
    expect(verified.output).toContain('issuing.pem: OK');
  });

  it('ocsp: the issuing authority is good, with the nonce answered', async () => {
    const { ocsp } = parseCertificate(derOf('issuing.pem')).authorityInfoAccess;
    const { code, output } = await openssl(
      ...['ocsp', '-issuer', at('root.pem'), '-cert', at('issuing.pem'), '-url', ocsp[0] ?? ''],
      ...['-CAfile', at('root.pem')],
    );
    expect(output).toContain('Response verify OK');
    expect(output).toMatch(/issuing\.pem: good/);
    expect(output).not.toContain('no nonce');
    expect(code).toBe(0);
  });

  it('x509: the address of the issuer in the signer certificate serves the issuing certificate', async () => {
    const { caIssuers } = parseCertificate(derOf('signer.pem')).authorityInfoAccess;
    await download(caIssuers[0], 'downloaded.cer');
    expect(new X509Certificate(await readFile(at('downloaded.cer'))).raw).toEqual(derOf('issuing.pem'));
  });

  it('ts -verify: the time stamp in the signed file is over the signature value', async () => {
    const imprint = createHash('sha256')
      .update(await readFile(at('signature-value')))
      .digest('hex');
    const verify = (digest: string) =>
      openssl(
        ...['ts', '-verify', '-token_in', '-in', at('token.der'), '-digest', digest],
        ...['-CAfile', at('root.pem'), '-untrusted', at('issuing.pem')],
      );
    expect((await verify(imprint)).output).toContain('Verification: OK');
    expect((await verify(randomBytes(32).toString('hex'))).output).not.toContain('Verification: OK');
  });

  it('ts -query, ts -verify: the time-stamp authority answers a request of OpenSSL over HTTP', async () => {
    await openssl('ts', '-query', '-data', at('content'), '-sha256', '-cert', '-out', at('query.tsq'));
    const response = await fetch(`${sandbox.publicUrl}/tsa`, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query' },
      body: await readFile(at('query.tsq')),
    });
    expect(response.headers.get('content-type')).toBe('application/timestamp-reply');
    await writeFile(at('answer.tsr'), Buffer.from(await response.arrayBuffer()));
    const { output } = await openssl(
      ...['ts', '-verify', '-queryfile', at('query.tsq'), '-in', at('answer.tsr')],
      ...['-CAfile', at('root.pem'), '-untrusted', at('issuing.pem')],
    );
    expect(output).toContain('Verification: OK');
  });

  const derOf = (name: string): Buffer => new X509Certificate(readFileSync(at(name))).raw;

  async function download(address: string | undefined, name: string): Promise<void> {
    const response = await fetch(address ?? '');
    expect(response.status).toBe(200);
    await writeFile(at(name), Buffer.from(await response.arrayBuffer()));
  }
});
