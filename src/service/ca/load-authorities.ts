/** Authorities of a production service: made elsewhere, put into the directory, refused if they are not fit. */

import type { Clock } from '../../base/clock.ts';
import { OssError } from '../../contract/errors.ts';
import {
  type Certificate,
  equalBytes,
  isSandboxCertificate,
  OID,
  type PathPurpose,
  PkiError,
  parseCrl,
  validatePath,
} from '../../pki/index.ts';
import type { KeyStore } from '../keys/port.ts';
import { AUTHORITY_NAMES, type Authorities, type Authority, type AuthorityName } from './authority.ts';
import { AuthorityDirectory } from './authority-directory.ts';
import { keyFor } from './authority-key.ts';

/**
 * Reads `<name>.pem` for every authority name and the keys of the same labels. The root's key may be offline: then
 * `root.crl` must hold its current CRL.
 * @throws OssError OSS_CONFIG_UNSAFE naming everything that is missing, belongs to a sandbox or does not chain.
 */
export async function loadAuthorities(path: string, keyStore: KeyStore, clock: Clock): Promise<Authorities> {
  const directory = new AuthorityDirectory(path);
  const findings: string[] = [];
  const certificates = new Map<AuthorityName, Certificate>();
  const complete = new Map<AuthorityName, Authority>();
  for (const name of AUTHORITY_NAMES) {
    const certificate = await directory.read(name);
    const signer = (await keyFor(keyStore, name, certificate))?.signer;
    if (certificate === undefined) findings.push(`${name}.pem is missing`);
    else certificates.set(name, certificate);
    if (signer === undefined && name !== 'root') findings.push(`key ${name} is missing`);
    if (certificate === undefined || signer === undefined) continue;
    if (!equalBytes(certificate.publicKeySpki, signer.publicKeySpki))
      findings.push(`key ${name} is another one`);
    complete.set(name, { certificate, signer });
  }
  let offlineRootCrl = await directory.readOfflineRootCrl();
  findings.push(...findUnfit(certificates, clock()));
  if (!complete.has('root')) findings.push(...findUnfitCrl(offlineRootCrl, clock()));
  const root = certificates.get('root');
  const [issuing, tsa] = [complete.get('issuing'), complete.get('tsa')];
  const [ocspRoot, ocspIssuing] = [complete.get('ocsp-root'), complete.get('ocsp-issuing')];
  if (findings.length > 0 || !root || !issuing || !tsa || !ocspRoot || !ocspIssuing) {
    throw new OssError('OSS_CONFIG_UNSAFE', {
      reason: `authorities: ${findings.join('; ')}`,
      fields: findings,
    });
  }
  return {
    root: { certificate: root, signer: complete.get('root')?.signer },
    issuing,
    tsa,
    ocspResponders: { root: ocspRoot, issuing: ocspIssuing },
    get offlineRootCrl() {
      return complete.has('root') ? undefined : offlineRootCrl;
    },
    async readOfflineRootCrl() {
      const newer = await directory.readOfflineRootCrl();
      // A file that is being replaced, or is none, leaves the list that is known.
      if (newer !== undefined && findUnfitCrl(newer, clock()).length === 0) offlineRootCrl = newer;
    },
    issued: await directory.readAll(),
  };
}

const PURPOSES: Readonly<Partial<Record<AuthorityName, PathPurpose>>> = {
  tsa: 'timestamping',
  'ocsp-root': 'ocsp',
  'ocsp-issuing': 'ocsp',
};

/** What is wrong with each certificate for its role, beginning with the name of its file. */
export function findUnfit(certificates: ReadonlyMap<AuthorityName, Certificate>, at: Date): string[] {
  const findings: string[] = [];
  const root = certificates.get('root');
  const issuing = certificates.get('issuing');
  for (const [name, certificate] of certificates) {
    if (isSandboxCertificate(certificate)) findings.push(`${name}.pem belongs to a sandbox`);
    const purpose = PURPOSES[name];
    if (purpose === undefined || root === undefined) continue;
    try {
      validatePath(certificate, issuing === undefined ? [] : [issuing], [root], at, purpose);
    } catch (error) {
      if (!(error instanceof PkiError)) throw error;
      findings.push(`${name}.pem: ${error.message}`);
    }
  }
  if (issuing !== undefined) findings.push(...findUnfitIssuing(issuing, root, at));
  return findings;
}

function findUnfitIssuing(issuing: Certificate, root: Certificate | undefined, at: Date): string[] {
  const findings: string[] = [];
  if (!issuing.basicConstraints.ca || issuing.keyUsage?.has('keyCertSign') !== true) {
    findings.push('issuing.pem is not a certification authority');
  }
  if (root !== undefined && !issuing.isSignedBy(root)) findings.push('issuing.pem is not signed by root.pem');
  if (!issuing.isValidAt(at)) findings.push('issuing.pem is outside its validity');
  if (issuing.crlDistributionPoints.length === 0) findings.push('issuing.pem names no CRL');
  if (issuing.policies.every(({ policy }) => policy === OID.anyPolicy)) {
    findings.push('issuing.pem names no certificate policy');
  }
  return findings;
}

/** What is wrong with the list of a root whose key is kept offline. */
export function findUnfitCrl(der: Uint8Array | undefined, at: Date): string[] {
  if (der === undefined) return ['neither key root nor root.crl is there'];
  try {
    const { nextUpdate } = parseCrl(der);
    return nextUpdate === undefined || nextUpdate < at ? ['root.crl has expired'] : [];
  } catch (error) {
    if (error instanceof PkiError) return [`root.crl: ${error.message}`];
    throw error;
  }
}

const DAY_MS = 24 * 60 * 60_000;
const WARN_DAYS = 14;

/** Says in time that the list of an offline root ends: two weeks before, or in the last third of a shorter life. */
export function endingCrl(der: Uint8Array | undefined, at: Date): string | undefined {
  if (der === undefined || findUnfitCrl(der, at).length > 0) return undefined;
  const { thisUpdate, nextUpdate } = parseCrl(der);
  if (nextUpdate === undefined) return undefined;
  const left = nextUpdate.getTime() - at.getTime();
  const life = nextUpdate.getTime() - thisUpdate.getTime();
  if (left > Math.min(WARN_DAYS * DAY_MS, life / 3)) return undefined;
  return `root.crl ends on ${nextUpdate.toISOString().slice(0, 16)}Z: bring the next one`;
}
