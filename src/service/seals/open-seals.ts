import { OssError } from '../../contract/errors.ts';
import { type Certificate, equalBytes, SANDBOX_POLICY_ARC, type Signer } from '../../pki/index.ts';
import { authorityDirectory } from '../authorities.ts';
import { type Authorities, chainOf } from '../ca/authority.ts';
import { AuthorityDirectory } from '../ca/authority-directory.ts';
import { crlUrl, practiceStatementUrl } from '../ca/public-urls.ts';
import { newSerialNumber } from '../ca/serial-number.ts';
import type { ServiceConfig } from '../config/service-config.ts';
import type { KeyStore } from '../keys/port.ts';
import type { ServicePorts } from '../service-ports.ts';
import { SANDBOX_SEAL, type SealConfig, sealKeyLabel } from '../settings/seal-settings.ts';
import { findUnfitSeal, isOfSandbox, type SealCertificates } from './find-unfit.ts';
import type { Seal, Seals } from './port.ts';
import { issueSealCertificate, type SealSubject } from './profile.ts';
import { readSealCertificates, writeSealCertificates } from './seal-files.ts';

export const sealsOf = ({ mode, seals }: Pick<ServiceConfig, 'mode' | 'seals'>): readonly SealConfig[] =>
  seals ?? (mode === 'sandbox' ? [SANDBOX_SEAL] : []);

type SealSettings = Pick<ServiceConfig, 'mode' | 'seals' | 'dataDirectory'>;

/** What a production start refuses of its seals. @throws OssError OSS_CONFIG_INVALID for a file that is no certificate */
export async function findUnfitSeals(config: SealSettings, keyStore: KeyStore, now: Date): Promise<string[]> {
  const findings: string[] = [];
  for (const seal of sealsOf(config)) {
    const certificates = await readSealCertificates(config.dataDirectory, seal.id);
    const label = sealKeyLabel(seal);
    const unfit =
      certificates === undefined
        ? ['its certificate is missing']
        : findUnfitSeal(certificates, (await keyStore.load(label))?.publicKeySpki, now);
    if (certificates !== undefined && isOfSandbox(certificates)) unfit.push('it belongs to a sandbox');
    findings.push(...unfit.map((finding) => `seals.${seal.id}: ${finding}`));
  }
  return findings;
}

export interface OpenSealsOptions {
  readonly config: SealSettings;
  readonly keyStore: KeyStore;
  readonly authorities: Authorities;
  readonly publicUrl: string;
  readonly ports: Pick<ServicePorts, 'clock' | 'randomBytes'>;
}

/**
 * The seals of the configuration. In a sandbox key and certificate are made when somebody first asks for them; in
 * production they were judged at the start.
 */
export function openSeals(options: OpenSealsOptions): Seals {
  const issued: Certificate[] = [];
  const opened = new Map<string, Promise<Seal>>();
  const open = (config: SealConfig): Promise<Seal> => {
    const seal =
      opened.get(config.id) ?? openSeal(config, options, (certificate) => issued.push(certificate));
    opened.set(config.id, seal);
    // What could not be opened now is tried again the next time.
    seal.catch(() => opened.delete(config.id));
    return seal;
  };
  const all = sealsOf(options.config);
  const mayUse = ({ officers }: SealConfig, username: string): boolean =>
    officers === undefined ? options.config.mode === 'sandbox' : officers.includes(username);
  return {
    of: ({ username }) => Promise.all(all.filter((config) => mayUse(config, username)).map(open)),
    async get(id, { username }) {
      const config = all.find((one) => one.id === id);
      if (config === undefined) throw new OssError('OSS_NOT_FOUND', { reason: 'no such seal' });
      if (!mayUse(config, username))
        throw new OssError('OSS_FORBIDDEN', { reason: 'This officer may not use the seal.' });
      return open(config);
    },
    issuedSince: () => issued,
  };
}

async function openSeal(
  config: SealConfig,
  { config: { mode, dataDirectory }, keyStore, ...options }: OpenSealsOptions,
  onIssued: (certificate: Certificate) => void,
): Promise<Seal> {
  const label = sealKeyLabel(config);
  const stored = await readSealCertificates(dataDirectory, config.id);
  // RSA, so that it signs a digest too (CSC signHash).
  const signer =
    (await keyStore.load(label)) ??
    (mode === 'sandbox' ? await keyStore.create(label, 'rsa-3072') : undefined);
  if (signer === undefined) throw new OssError('OSS_KEYS_UNAVAILABLE', { reason: `key ${label}` });
  const isImported = stored !== undefined && !isOfSandbox(stored);
  if (mode === 'production' || isImported) {
    if (stored === undefined) throw new OssError('OSS_CONFIG_INVALID', { reason: `seals.${config.id}` });
    return { id: config.id, signer, ...stored };
  }
  if (stored !== undefined && isFit(stored, signer, options)) return { id: config.id, signer, ...stored };
  const certificate = await issueForSandbox(signer, options);
  const made: SealCertificates = { certificate, chain: chainOf(options.authorities) };
  // OCSP may call it good, also after the next start.
  const directory = new AuthorityDirectory(authorityDirectory({ dataDirectory }));
  await directory.keepIssued(label, certificate);
  onIssued(certificate);
  await writeSealCertificates(dataDirectory, config.id, made);
  return { id: config.id, signer, ...made };
}

type Issuing = Omit<OpenSealsOptions, 'config' | 'keyStore'>;

const RENEWAL_MS = 60 * 24 * 60 * 60_000;

const isFit = (
  stored: SealCertificates,
  signer: Signer,
  { authorities, publicUrl, ports }: Issuing,
): boolean =>
  findUnfitSeal(stored, signer.publicKeySpki, ports.clock()).length === 0 &&
  equalBytes(stored.chain[0]?.der ?? new Uint8Array(), authorities.issuing.certificate.der) &&
  stored.certificate.crlDistributionPoints.includes(crlUrl(publicUrl, 'issuing')) &&
  stored.certificate.notAfter.getTime() - ports.clock().getTime() > RENEWAL_MS;

const SANDBOX_SUBJECT: SealSubject = Object.freeze({
  country: 'XX',
  organization: 'SANDBOX Bank - NOT QUALIFIED',
  organizationIdentifier: 'NTRXX-SANDBOX',
});

const issueForSandbox = (signer: Signer, { authorities, publicUrl, ports }: Issuing): Promise<Certificate> =>
  issueSealCertificate({
    subject: SANDBOX_SUBJECT,
    publicKeySpki: signer.publicKeySpki,
    issuer: authorities.issuing,
    policy: `${SANDBOX_POLICY_ARC}1.3`,
    publicUrl,
    practiceStatementUrl: practiceStatementUrl(publicUrl),
    now: ports.clock(),
    serialNumber: newSerialNumber(ports.randomBytes),
  });
