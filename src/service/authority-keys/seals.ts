import { createPublicKey } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { OssError } from '../../contract/errors.ts';
import { keyAlgorithmSchema } from '../../contract/model/key-algorithm.ts';
import { buildCertificationRequest, type Certificate, type Signer, toPem } from '../../pki/index.ts';
import { practiceStatementUrl } from '../ca/public-urls.ts';
import { newSerialNumber } from '../ca/serial-number.ts';
import { findUnfitSeal, isOfSandbox, type SealCertificates } from '../seals/find-unfit.ts';
import {
  encodeSealSubject,
  issueSealCertificate,
  type SealSubject,
  sealRequestExtensions,
  sealSubjectSchema,
} from '../seals/profile.ts';
import { parseSealCertificates, readSealCertificates, writeSealCertificates } from '../seals/seal-files.ts';
import { type SealConfig, sealKeyLabel } from '../settings/seal-settings.ts';
import { type Custody, readHoldings, refuse } from './custody.ts';
import { policySchema } from './generate.ts';
import { findWeakKey, readKey } from './import.ts';
import { type CertificateListing, describeCertificate, describeKey } from './list.ts';

const sealOrderSchema = z.strictObject({
  ...sealSubjectSchema.shape,
  /** RSA signs hashes for CSC applications too; ECDSA does so in a token only. */
  algorithm: keyAlgorithmSchema.default('rsa-3072'),
  /** Of the certificate; needed unless another authority certifies. */
  policy: policySchema.optional(),
  /** Writes a request (PKCS#10) for an authority elsewhere into this file, instead of a certificate. */
  requestTo: z.string().min(1).optional(),
  /** Issues a certificate again for the key that there is. */
  renew: z.boolean().default(false),
});

export interface GeneratedSeal {
  readonly seal: string;
  readonly outcome: 'issued' | 'requested' | 'kept';
}

/**
 * Makes the key of a seal where there is none, and its certificate by our own issuing authority, or a request for
 * another one. Nothing is overwritten.
 * @throws OssError OSS_CONFIG_INVALID naming every value that is wrong or missing
 */
export async function generateSeal(custody: Custody, id: string, order: unknown): Promise<GeneratedSeal> {
  const parsed = sealOrderSchema.safeParse(order);
  if (!parsed.success)
    throw invalid(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
  const { algorithm, policy, requestTo, renew, ...subject } = parsed.data;
  const label = sealKeyLabel(configured(custody, id));
  const stored = await readSealCertificates(custody.config.dataDirectory, id);
  if (stored !== undefined && !renew && requestTo === undefined) return { seal: id, outcome: 'kept' };
  const signer = (await custody.keyStore.load(label)) ?? (await custody.keyStore.create(label, algorithm));
  if (requestTo !== undefined) {
    const request = await buildCertificationRequest(
      encodeSealSubject(subject),
      sealRequestExtensions(signer.publicKeySpki),
      signer,
    );
    await writeFile(requestTo, toPem(request, 'CERTIFICATE REQUEST'));
    return { seal: id, outcome: 'requested' };
  }
  const issued = await issueHere(custody, signer, subject, policy);
  // OCSP may call it good.
  await custody.directory.keepIssued(label, issued.certificate);
  await writeSealCertificates(custody.config.dataDirectory, id, issued);
  return { seal: id, outcome: 'issued' };
}

async function issueHere(
  custody: Custody,
  signer: Signer,
  subject: SealSubject,
  policy: string | undefined,
): Promise<SealCertificates> {
  const { publicUrl, cpsUri } = custody.config;
  const holdings = await readHoldings(custody);
  const issuing = holdings.get('issuing');
  if (policy === undefined || publicUrl === undefined || !issuing?.certificate || !issuing.signer) {
    throw invalid([
      ...(policy === undefined ? ['policy: name the policy of the certificate'] : []),
      ...(publicUrl === undefined
        ? ['publicUrl: certificates carry it, so the configuration must name it']
        : []),
      ...(issuing?.certificate && issuing.signer
        ? []
        : [
            'issuing: its key and certificate are needed here; without them have the seal certified by a request',
          ]),
    ]);
  }
  const issuer = { certificate: issuing.certificate, signer: issuing.signer };
  const certificate = await issueSealCertificate({
    ...{ subject, publicKeySpki: signer.publicKeySpki, issuer, policy, publicUrl },
    practiceStatementUrl: cpsUri ?? practiceStatementUrl(publicUrl),
    now: custody.clock(),
    serialNumber: newSerialNumber(custody.randomBytes),
  });
  const root = holdings.get('root')?.certificate;
  return { certificate, chain: [issuing.certificate, ...(root === undefined ? [] : [root])] };
}

export interface SealImport {
  /** PEM: the seal, then those above it. */
  readonly certificates: string;
  /** PEM: PKCS#8, encrypted or not; absent where the key was made here. */
  readonly key?: string | undefined;
  readonly keyPassphrase?: string | undefined;
}

/**
 * Takes the certificate of any authority into custody, with its key unless that was made here, after everything that a
 * production start would look at. @throws OssError OSS_CONFIG_INVALID naming everything that is wrong
 */
export async function importSeal(
  { config, keyStore, clock, ...custody }: Custody,
  id: string,
  order: SealImport,
): Promise<{ readonly seal: string; readonly keyStored: boolean }> {
  const label = sealKeyLabel(configured({ config }, id));
  const certificates = parseSealCertificates(order.certificates, 'certificate');
  const present = await keyStore.load(label);
  const key = order.key === undefined ? undefined : readKey(order.key, order.keyPassphrase);
  if (present === undefined && key === undefined)
    throw invalid([`key: there is none for ${id}; give its file`]);
  if (present === undefined && keyStore.adopt === undefined)
    throw invalid(['keys: this key store takes no keys from outside']);
  const spki = key ? createPublicKey(key).export({ type: 'spki', format: 'der' }) : present?.publicKeySpki;
  refuse([
    ...(key === undefined ? [] : findWeakKey(key)),
    ...(key && present ? [`key: ${id} has another one already; take that one out of the store first`] : []),
    ...findUnfitSeal(certificates, spki, clock()).map((finding) => `certificate: ${finding}`),
    ...(config.mode === 'production' && isOfSandbox(certificates)
      ? ['certificate: it belongs to a sandbox']
      : []),
  ]);
  if (key !== undefined) await keyStore.adopt?.(label, key);
  const former = await readSealCertificates(config.dataDirectory, id);
  if (former !== undefined) await custody.directory.keepIssued(label, former.certificate);
  await writeSealCertificates(config.dataDirectory, id, certificates);
  return { seal: id, keyStored: key !== undefined };
}

/** One seal, without anything secret. */
export interface SealListing {
  readonly seal: string;
  readonly key: string | undefined;
  readonly certificate: CertificateListing | undefined;
  /** What a production start would refuse. */
  readonly findings: readonly string[];
}

/** @throws OssError OSS_CONFIG_INVALID when a key or a certificate cannot be read */
export async function listSeals({ config, keyStore, clock }: Custody): Promise<readonly SealListing[]> {
  const listed: SealListing[] = [];
  for (const seal of config.seals ?? []) {
    const signer = await keyStore.load(sealKeyLabel(seal));
    const certificates = await readSealCertificates(config.dataDirectory, seal.id);
    const certificate: Certificate | undefined = certificates?.certificate;
    listed.push({
      seal: seal.id,
      key: signer && describeKey(signer.publicKeySpki),
      certificate: describeCertificate({ certificate }),
      findings: certificates
        ? findUnfitSeal(certificates, signer?.publicKeySpki, clock())
        : ['its certificate is missing'],
    });
  }
  return listed;
}

function configured({ config }: Pick<Custody, 'config'>, id: string): SealConfig {
  const seal = config.seals?.find((one) => one.id === id);
  if (seal === undefined) throw invalid([`seals: there is no ${id} in the configuration`]);
  return seal;
}

const invalid = (findings: readonly string[]): OssError =>
  new OssError('OSS_CONFIG_INVALID', { reason: findings.join('; '), fields: [...findings] });
