import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openssl } from '../../../../test/support/openssl.ts';
import { digestByteRange, memorySource, type PdfSignature } from '../../../pdf/index.ts';
import { parseCertificate } from '../../../pki/index.ts';
import { readEnvelope } from './envelope.ts';

const covered = Buffer.from('the covered bytes of a file');
const folder = mkdtempSync(join(tmpdir(), 'oss-envelope-'));
const at = (name: string): string => join(folder, name);

/** What is found out about a signature that OpenSSL made over these bytes. */
async function integrityOf(...options: readonly string[]) {
  const how = ['-binary', '-in', at('covered'), '-outform', 'DER', '-out', at('cms')];
  openssl('cms', '-sign', '-signer', at('cert'), '-inkey', at('key'), ...how, ...options);
  const contents = readFileSync(at('cms'));
  const byteRange = [0, covered.length, covered.length, 0];
  const signature = { byteRange, contents, subFilter: 'adbe.pkcs7.detached' } as unknown as PdfSignature;
  const source = memorySource(covered);
  const envelope = await readEnvelope(
    (range, algorithm) => digestByteRange(source, range, algorithm),
    signature,
    parseCertificate,
  );
  return envelope.integrity;
}

beforeAll(() => {
  writeFileSync(at('covered'), covered);
  const files = ['-keyout', at('key'), '-out', at('cert')];
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=Signer', ...files);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the envelope of another program', () => {
  it('holds where it is detached', async () => {
    expect(await integrityOf()).toMatchObject({ outcome: 'passed' });
  });

  it('does not where it holds content of its own: which of the two was signed would be open', async () => {
    expect(await integrityOf('-nodetach')).toMatchObject({ outcome: 'failed', reason: 'unreadable' });
  });

  it('is not decided where nothing but the content was signed', async () => {
    expect(await integrityOf('-noattr')).toMatchObject({ outcome: 'undecided', reason: 'unsupportedFormat' });
  });
});
