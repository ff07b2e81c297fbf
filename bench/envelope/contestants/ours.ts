/** This product: the Optimizer's own steps from the picked file to the delivered one, with a key available. */
import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { openTypefaces, verifyFile } from '../../../src/optimizer/index.ts';
import { embedSignature } from '../../../src/optimizer/pades/embed-signature.ts';
import {
  appendSignaturePlaceholder,
  planSignaturePlaceholder,
} from '../../../src/optimizer/pades/prepare-document.ts';
import { deliverFile } from '../../../src/optimizer/vault/deliver-file.ts';
import { copyIntoVault } from '../../../src/optimizer/vault/import-document.ts';
import { inspectForSigning, openFileSource, openPdf } from '../../../src/pdf/index.ts';
import {
  assembleCms,
  buildSignedAttributes,
  type Certificate,
  CertificateCache,
  certificatesFromPem,
  estimateCmsSize,
  schemeOfKey,
} from '../../../src/pki/index.ts';
import { type Job, type Round, runJob } from '../job.ts';
import { StopWatch } from '../stop-watch.ts';

const CAPACITY = estimateCmsSize({
  keyAlgorithm: 'rsa-2048',
  chainBytes: 3_000,
  issuerNameBytes: 128,
  timestampTokenBytes: 0,
});
const certificates = new CertificateCache();
const typefaces = openTypefaces('');
const signer = {
  givenName: 'Anna',
  surname1: 'Example',
  email: 'anna@example.com',
  idDocument: { type: 'IDC', country: 'ES', number: '12345678Z' },
  language: 'en',
} as const;

/** The signature service is elsewhere: its key and its certificates are not the Optimizer's work. */
function openService({ credentials }: Job) {
  const [certificate, issuer] = [credentials.certificate, credentials.chain].map(
    (path) => certificatesFromPem(readFileSync(path, 'utf8'))[0],
  );
  if (!certificate || !issuer) throw new Error('no certificate');
  const key = createPrivateKey(readFileSync(credentials.key));
  return (digest: Uint8Array): Uint8Array => {
    const signedAttributes = buildSignedAttributes({
      messageDigest: digest,
      signingCertificate: certificate.der,
    });
    return assembleCms({
      signedAttributes,
      signature: sign('sha256', signedAttributes, key),
      scheme: schemeOfKey(certificate.publicKeySpki),
      certificate: certificate.der,
      chain: [issuer.der],
    });
  };
}

let service: ReturnType<typeof openService> | undefined;
let anchors: readonly Certificate[] | undefined;

await runJob(async (job) => {
  service ??= openService(job);
  anchors ??= certificatesFromPem(readFileSync(job.credentials.anchor, 'utf8'));
  const watch = new StopWatch();
  const unwatch = await watch.watchFlushes(job.inputs[0] ?? '');
  const start = performance.now();
  const delivered: string[] = [];
  for (const input of job.inputs) delivered.push(await signOne(input, job, service, watch));
  const ms = performance.now() - start;
  const syncMs = watch.flushed;
  unwatch();
  await watch.time('verify', () => verifyAll(delivered, anchors ?? []));
  for (const path of delivered) await rename(path, path.replace('-signed.pdf', '.pdf'));
  return { ms, syncMs, parts: watch.parts } satisfies Round;
});

async function signOne(
  input: string,
  { output }: Job,
  askService: (digest: Uint8Array) => Uint8Array,
  watch: StopWatch,
): Promise<string> {
  const vaultPath = join(output, 'vault.pdf');
  const copy = await watch.time('import', async () => {
    const imported = await copyIntoVault(input, vaultPath);
    await inspect(vaultPath);
    return imported;
  });
  const placeholder = await watch.time('prepare', async () => {
    const options = {
      path: vaultPath,
      document: { bytes: copy.bytes, options: {} },
      level: 'B-B',
      values: { signer, at: new Date() },
      contentsCapacity: CAPACITY,
    } as const;
    const update = await planSignaturePlaceholder(options, typefaces);
    return appendSignaturePlaceholder(vaultPath, copy.bytes, update, copy.hash);
  });
  const cms = await watch.time('service', () => askService(placeholder.digest));
  await watch.time('embed', () => embedSignature(vaultPath, placeholder, cms));
  return watch.time('deliver', async () => {
    const delivered = await deliverFile(vaultPath, output, basename(input));
    await rm(vaultPath);
    return delivered;
  });
}

/** As at import, where a document that cannot be signed is refused. */
async function inspect(path: string): Promise<void> {
  const source = await openFileSource(path);
  await inspectForSigning(await openPdf(source));
  await source.close();
}

async function verifyAll(paths: readonly string[], anchors: readonly Certificate[]): Promise<void> {
  for (const path of paths) {
    const { signatures } = await verifyFile(path, { anchors, at: new Date(), certificates });
    const failed = signatures[0]?.checks.find(({ outcome }) => outcome === 'failed');
    if (failed || signatures.length === 0) throw new Error(failed?.sentence ?? 'no signature');
  }
}
