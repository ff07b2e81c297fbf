import { createPublicKey } from 'node:crypto';
import { digest, equalBytes } from '../../pki/index.ts';
import { AUTHORITY_NAMES, type AuthorityName } from '../ca/authority.ts';
import { endingCrl, findUnfit, findUnfitCrl } from '../ca/load-authorities.ts';
import { type Custody, type Holding, readHoldings } from './custody.ts';

/** One role, without anything secret. */
export interface AuthorityListing {
  readonly role: AuthorityName;
  /** Algorithm and size of the key in the store; undefined without one. */
  readonly key: string | undefined;
  readonly certificate: CertificateListing | undefined;
  /** What a production start would refuse; the root may do without its key (`root.crl`). */
  readonly findings: readonly string[];
}

export interface CertificateListing {
  readonly subject: string;
  readonly issuer: string;
  /** Hexadecimal. */
  readonly serialNumber: string;
  readonly notBefore: string;
  readonly notAfter: string;
  /** Of the DER; hexadecimal. */
  readonly sha256: string;
}

/** @throws OssError OSS_CONFIG_INVALID when a key or a certificate cannot be read */
export async function listAuthorityKeys(custody: Custody): Promise<readonly AuthorityListing[]> {
  const holdings = await readHoldings(custody);
  const now = custody.clock();
  const unfit = findUnfit(certificatesOf(holdings), now);
  const crl = await custody.directory.readOfflineRootCrl();
  const ending = endingCrl(crl, now);
  const offline = [...findUnfitCrl(crl, now), ...(ending === undefined ? [] : [ending])];
  return AUTHORITY_NAMES.map((role) => {
    const holding = holdings.get(role) ?? { signer: undefined, label: undefined, certificate: undefined };
    return {
      role,
      key: holding.signer && describeKey(holding.signer.publicKeySpki),
      certificate: describeCertificate(holding),
      findings: [
        ...findMissing(role, holding),
        ...(role === 'root' && holding.signer === undefined ? offline : []),
        ...unfit.filter((finding) => finding.startsWith(`${role}.pem`)),
      ],
    };
  });
}

const certificatesOf = (holdings: ReadonlyMap<AuthorityName, Holding>) =>
  new Map(
    [...holdings].flatMap(([name, { certificate }]) =>
      certificate === undefined ? [] : [[name, certificate] as const],
    ),
  );

function findMissing(role: AuthorityName, { signer, certificate }: Holding): string[] {
  if (certificate === undefined) return [`${role}.pem is missing`];
  if (signer === undefined) return role === 'root' ? [] : [`key ${role} is missing`];
  return equalBytes(signer.publicKeySpki, certificate.publicKeySpki) ? [] : [`key ${role} is another one`];
}

export function describeCertificate({
  certificate,
}: Pick<Holding, 'certificate'>): CertificateListing | undefined {
  if (certificate === undefined) return undefined;
  return {
    subject: certificate.subject.text,
    issuer: certificate.issuer.text,
    serialNumber: certificate.serialHex,
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    sha256: Buffer.from(digest('sha256', certificate.der)).toString('hex'),
  };
}

export function describeKey(spki: Uint8Array): string {
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  const { modulusLength } = key.asymmetricKeyDetails ?? {};
  return modulusLength === undefined ? 'ECDSA P-256' : `RSA ${modulusLength}`;
}
