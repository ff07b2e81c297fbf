/** Creates the sandbox hierarchy at the first start and keeps it fit at every later one. */

import type { Clock } from '../../base/clock.ts';
import { type Certificate, equalBytes, type Signer } from '../../pki/index.ts';
import type { KeyStore } from '../keys/port.ts';
import {
  AUTHORITY_NAMES,
  type Authorities,
  type Authority,
  type AuthorityName,
  ISSUER_OF,
} from './authority.ts';
import { AuthorityDirectory } from './authority-directory.ts';
import { authorityExtensions, authoritySubject } from './authority-profile.ts';
import { type IssuingOptions, issueAuthority } from './issue-authority.ts';
import { practiceStatementUrl } from './public-urls.ts';
import { SANDBOX_NAMING } from './sandbox-profile.ts';
import type { RandomBytes } from './serial-number.ts';

export interface SandboxOptions {
  readonly keyStore: KeyStore;
  /** Path of the directory of authority certificates. */
  readonly directory: string;
  /** Where the public listener is reached; certificates carry it. */
  readonly publicUrl: string;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
}

const DAY = 24 * 60 * 60 * 1000;
/**
 * A certificate that expires sooner than this, in milliseconds, is replaced at start. A time stamp protects for as long
 * as its certificate is valid, hence that one is replaced after half of its life (EN 319 421 §7.3.2).
 */
const renewalMargin = (name: AuthorityName): number => (name === 'tsa' ? 5 * 365 * DAY : 60 * DAY);

/**
 * Root, issuing CA, TSA and OCSP responders of the sandbox. Keys and the root certificate stay; other certificates
 * are re-issued for the same keys when the public address changed or they expire soon.
 * @throws OssError OSS_CONFIG_INVALID if a stored key or certificate cannot be read.
 */
export async function ensureSandboxAuthorities(options: SandboxOptions): Promise<Authorities> {
  const directory = new AuthorityDirectory(options.directory);
  const issuing: IssuingOptions = {
    ...options,
    naming: SANDBOX_NAMING,
    practiceStatementUrl: practiceStatementUrl(options.publicUrl),
  };
  const found = new Map<AuthorityName, Authority>();
  for (const name of AUTHORITY_NAMES) {
    const signer = (await options.keyStore.load(name)) ?? (await options.keyStore.create(name, 'ecdsa-p256'));
    const stored = await directory.read(name);
    const issuer = found.get(ISSUER_OF[name]);
    const keep = stored !== undefined && isFit(stored, name, signer, issuer?.certificate, issuing);
    const certificate = keep ? stored : await issueAuthority(name, signer, issuer, issuing);
    if (!keep) await directory.replace(name, certificate);
    found.set(name, { certificate, signer });
  }
  const get = (name: AuthorityName): Authority => {
    const authority = found.get(name);
    if (authority === undefined) throw new RangeError(`no authority ${name}`);
    return authority;
  };
  return {
    root: get('root'),
    issuing: get('issuing'),
    tsa: get('tsa'),
    ocspResponders: { root: get('ocsp-root'), issuing: get('ocsp-issuing') },
    offlineRootCrl: undefined,
    issued: await directory.readAll(),
  };
}

/** The root is fit as long as it is of its key: replacing it would void every anchor handed out. */
function isFit(
  certificate: Certificate,
  name: AuthorityName,
  signer: Signer,
  issuer: Certificate | undefined,
  options: IssuingOptions,
): boolean {
  if (!equalBytes(certificate.publicKeySpki, signer.publicKeySpki)) return false;
  if (name === 'root') return true;
  if (issuer === undefined || !certificate.isSignedBy(issuer)) return false;
  if (certificate.notAfter.getTime() - options.clock().getTime() < renewalMargin(name)) return false;
  if (!equalBytes(certificate.subject.der, authoritySubject(name, options.naming))) return false;
  const keys = { subjectSpki: signer.publicKeySpki, issuerSpki: issuer.publicKeySpki };
  return authorityExtensions(name, options.naming, options, keys).every(({ oid, value }) => {
    const present = certificate.fields.extensions.get(oid);
    return present !== undefined && equalBytes(present.value, value);
  });
}
