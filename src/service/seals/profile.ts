/** The certificate of an electronic seal: a legal person (EN 319 412-3), valid for years, hence with revocation. */
import { z } from 'zod';
import {
  buildCertificate,
  type Certificate,
  encodeName,
  extensions,
  keyIdentifier,
  parseCertificate,
} from '../../pki/index.ts';
import type { Authority } from '../ca/authority.ts';
import { signPlanned } from '../ca/issue.ts';
import { caIssuersUrl, crlUrl, ocspUrl } from '../ca/public-urls.ts';

/** Who seals, as the certificate names them (EN 319 412-3 §4.2.1). */
export const sealSubjectSchema = z.strictObject({
  organization: z.string().min(1).max(64),
  country: z.string().regex(/^[A-Z]{2}$/, 'two capital letters, e.g. ES'),
  /** EN 319 412-1 §5.1.4: kind of the number, country, number. */
  organizationIdentifier: z
    .string()
    .regex(/^((VAT|NTR|PSD)[A-Z]{2}|LEIXG|[A-Z]{2}:[A-Z]{2})-[!-~]{1,50}$/, 'e.g. VATES-A12345678'),
  /** Default: the organisation. */
  commonName: z.string().min(1).max(64).optional(),
});
export type SealSubject = z.infer<typeof sealSubjectSchema>;

/** DER Name. */
export const encodeSealSubject = (subject: SealSubject): Uint8Array =>
  encodeName({
    country: subject.country,
    organization: subject.organization,
    organizationIdentifier: subject.organizationIdentifier,
    commonName: subject.commonName ?? subject.organization,
  });

/** What the certificate is asked for, by any issuer. EN 319 412-2 §4.3.2, type A: content commitment alone. */
export const sealRequestExtensions = (spki: Uint8Array) => [
  extensions.keyUsage('nonRepudiation'),
  extensions.subjectKeyIdentifier(keyIdentifier(spki)),
];

const VALIDITY_YEARS = 3;
const BACKDATE_MS = 5 * 60_000;

export interface SealIssuing {
  readonly subject: SealSubject;
  readonly publicKeySpki: Uint8Array;
  readonly issuer: Authority;
  readonly policy: string;
  readonly publicUrl: string;
  readonly practiceStatementUrl: string;
  readonly now: Date;
  /** Big-endian, from newSerialNumber. */
  readonly serialNumber: Uint8Array;
}

/** No longer valid than its issuer. @throws what the key store throws */
export async function issueSealCertificate(order: SealIssuing): Promise<Certificate> {
  const { certificate: issuer, signer } = order.issuer;
  const { publicUrl, publicKeySpki } = order;
  const notBefore = new Date(Math.max(order.now.getTime() - BACKDATE_MS, issuer.notBefore.getTime()));
  const end = new Date(notBefore);
  end.setUTCFullYear(end.getUTCFullYear() + VALIDITY_YEARS);
  const tbs = buildCertificate({
    serialNumber: order.serialNumber,
    issuer: issuer.subject.der,
    subject: encodeSealSubject(order.subject),
    notBefore,
    notAfter: new Date(Math.min(end.getTime(), issuer.notAfter.getTime())),
    publicKeySpki,
    issuerScheme: signer.scheme,
    extensions: [
      ...sealRequestExtensions(publicKeySpki),
      extensions.authorityKeyIdentifier(keyIdentifier(issuer.publicKeySpki)),
      extensions.certificatePolicies([order.policy], order.practiceStatementUrl),
      extensions.authorityInfoAccess({
        caIssuers: [caIssuersUrl(publicUrl, 'issuing')],
        ocsp: [ocspUrl(publicUrl, 'issuing')],
      }),
      extensions.crlDistributionPoint(crlUrl(publicUrl, 'issuing')),
    ],
  });
  return parseCertificate(await signPlanned(tbs, signer));
}
