/** Certificates of authorities that neither the file nor the service brought along (RFC 5280 §4.2.2.1). */
import type { SourceAttempt } from '../../contract/model/transaction.ts';
import { type Certificate, type CertificateCache, equalBytes, PkiError } from '../../pki/index.ts';
import { reasonOf } from './obtain-timestamp.ts';
import type { ValidationDataSource } from './port.ts';

/** No hierarchy in the field is deeper. */
const MAX_ROUNDS = 4;
/** Certificates of strangers name as many addresses as they like: so many are asked, for all of them together. */
const MAX_ASKED = 16;

export interface IssuerSearch {
  /** Certificates available, the pinned anchors among them. */
  readonly known: readonly Certificate[];
  /** Hosts named by certificates that lead to a pinned anchor: a certificate that does not may name any. */
  readonly hosts: ReadonlySet<string>;
  readonly source: ValidationDataSource;
  readonly certificates: CertificateCache;
  readonly onAttempt: (attempt: SourceAttempt) => Promise<void>;
}

/** What could be had of the issuers that are missing above `leaves`; whether it leads to an anchor is for the path to say. */
export async function fetchIssuers(
  leaves: readonly Certificate[],
  search: IssuerSearch,
): Promise<Certificate[]> {
  const found: Certificate[] = [];
  const budget = { left: MAX_ASKED };
  let open = leaves;
  for (let round = 0; round < MAX_ROUNDS && open.length > 0; round += 1) {
    const fetched: Certificate[] = [];
    for (const certificate of open) {
      if (hasIssuer(certificate, [...search.known, ...found, ...fetched])) continue;
      const issuer = await fetchIssuer(certificate, search, budget);
      if (issuer) fetched.push(issuer);
    }
    found.push(...fetched);
    open = fetched;
  }
  return found;
}

const hasIssuer = ({ issuer }: Certificate, candidates: readonly Certificate[]): boolean =>
  candidates.some(({ subject }) => equalBytes(subject.der, issuer.der));

async function fetchIssuer(
  certificate: Certificate,
  search: IssuerSearch,
  budget: { left: number },
): Promise<Certificate | undefined> {
  const urls = certificate.authorityInfoAccess.caIssuers.filter((url) => search.hosts.has(hostOf(url)));
  for (const url of urls) {
    if (budget.left === 0) return undefined;
    budget.left -= 1;
    try {
      const issuer = search.certificates.read(await search.source.certificate(url));
      if (!certificate.isSignedBy(issuer)) throw new PkiError('path-invalid', 'not the issuer');
      await search.onAttempt({ purpose: 'certificate', url, outcome: 'used' });
      return issuer;
    } catch (error) {
      await search.onAttempt({ purpose: 'certificate', url, outcome: 'failed', reason: reasonOf(error) });
    }
  }
  return undefined;
}

/** The hosts that these certificates name for their validation data. */
export function hostsNamedBy(certificates: readonly Certificate[]): Set<string> {
  return new Set(
    certificates
      .flatMap(({ authorityInfoAccess, crlDistributionPoints }) => [
        ...authorityInfoAccess.caIssuers,
        ...authorityInfoAccess.ocsp,
        ...crlDistributionPoints,
      ])
      .map(hostOf),
  );
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : '');
