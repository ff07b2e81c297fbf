import type { Clock } from '../../base/clock.ts';
import { OssError } from '../../contract/errors.ts';
import { fromBase64, toBase64, toUtcSeconds } from '../../contract/model/encoding.ts';
import type { Identity } from '../../contract/model/identity.ts';
import type { Manifest, ManifestEntry } from '../../contract/model/manifest.ts';
import type { SignedDocument, SignResponse } from '../../contract/service-api/sign.ts';
import {
  type Certificate,
  digest,
  parseCertificate,
  type Signer,
  signedAttributesWriter,
} from '../../pki/index.ts';
import { type Authorities, chainOf } from '../ca/authority.ts';
import { signPlanned } from '../ca/issue.ts';
import { lintCertificate } from '../ca/lint.ts';
import { newSerialNumber, type RandomBytes } from '../ca/serial-number.ts';
import { planSingleUseCertificate } from '../ca/single-use-profile.ts';
import { plannedValidity } from '../ca/validity.ts';
import type { SingleUseKey } from '../keys/single-use-key.ts';
import { claimedTimes } from '../otp/manifest-age.ts';
import type { ProfileConfig } from '../settings/profiles.ts';
import type { RevocationData } from '../status/status-service.ts';
import type { TimeStampAuthority } from '../tsa/time-stamp-authority.ts';

/** The authorities behind a signature. */
export interface IssuancePorts {
  readonly authorities: Authorities;
  /** Makes the key where the profile says. */
  readonly singleUseKey: (
    profile: Pick<ProfileConfig, 'keyAlgorithm' | 'keyStorage'>,
  ) => Promise<SingleUseKey>;
  readonly tsa: Pick<TimeStampAuthority, 'timestamp'>;
  readonly revocationData: () => Promise<RevocationData>;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly practiceStatementUrl: string;
  readonly caIssuersUrl: string;
}

export interface IssuanceOrder {
  readonly identity: Identity;
  /** Stable random-looking name of the signer; no national number (EN 319 412-1 §5.1.1). */
  readonly signerId: string;
  readonly profile: ProfileConfig;
  readonly manifest: Manifest;
  /** Stores what is about to be signed (RE-01: before the authority signs); may refuse by throwing. */
  readonly storePlan: (tbs: Uint8Array) => Promise<void>;
}

/**
 * The irreversible part: key, certificate, all signatures, all time stamps. The key lives, in memory or in the device, for
 * the length of this call and is destroyed on every way out of it (TS 119 431-1 DEL-6.3.2-05).
 * @throws OssError OSS_CERTIFICATE_LINT, OSS_TIME_NOT_AVAILABLE, OSS_INTERNAL when the time order fails
 */
export async function issueAndSign(ports: IssuancePorts, order: IssuanceOrder): Promise<SignResponse> {
  const key = await ports.singleUseKey(order.profile);
  try {
    const certificate = await issueCertificate(ports, order, key);
    const documents = await signManifest(ports, { key, certificate }, order.manifest);
    const { crls, ocspResponses } = await ports.revocationData();
    return {
      signedAt: toUtcSeconds(ports.clock()),
      signatureScheme: key.scheme,
      certificate: toBase64(certificate.der),
      chain: chainOf(ports.authorities).map(({ der }) => toBase64(der)),
      documents,
      revocation: { crls: crls.map(toBase64), ocspResponses: ocspResponses.map(toBase64) },
    };
  } finally {
    key.destroy();
  }
}

async function issueCertificate(
  { authorities, randomBytes, practiceStatementUrl, caIssuersUrl }: IssuancePorts,
  { identity, signerId, profile, manifest, storePlan }: IssuanceOrder,
  key: SingleUseKey,
): Promise<Certificate> {
  const { certificate: issuer, signer } = authorities.issuing;
  const { earliest } = claimedTimes(manifest);
  const tbs = planSingleUseCertificate({
    identity,
    signerId,
    publicKeySpki: key.publicKeySpki,
    ...plannedValidity(earliest, profile),
    serialNumber: newSerialNumber(randomBytes),
    issuer,
    issuerScheme: signer.scheme,
    practiceStatementUrl,
    caIssuersUrl,
  });
  lintCertificate(tbs, issuer);
  await storePlan(tbs);
  return parseCertificate(await signPlanned(tbs, signer));
}

/** What signs the documents of one session. */
export interface DocumentSigner {
  readonly key: Pick<Signer, 'sign'>;
  readonly certificate: Certificate;
}

type ManifestPorts = Pick<IssuancePorts, 'tsa' | 'clock'>;

/**
 * Signs every entry, each with its time stamp, in the order of the manifest.
 * @throws OssError OSS_TIME_NOT_AVAILABLE, OSS_INTERNAL when the time order fails
 */
export function signManifest(
  ports: ManifestPorts,
  signer: DocumentSigner,
  manifest: Manifest,
): Promise<SignedDocument[]> {
  const attributesFor = signedAttributesWriter(signer.certificate.der);
  return Promise.all(manifest.map((entry) => signDocument(ports, { ...signer, attributesFor }, entry)));
}

async function signDocument(
  { tsa, clock }: ManifestPorts,
  {
    key,
    certificate,
    attributesFor,
  }: DocumentSigner & { readonly attributesFor: (messageDigest: Uint8Array) => Uint8Array },
  entry: ManifestEntry,
): Promise<SignedDocument> {
  // A certificate is valid before its key is used (TS 119 431-1 SIG-6.3.1-08).
  if (clock() < certificate.notBefore || clock() > certificate.notAfter) throw outOfOrder();
  const signedAttributes = attributesFor(fromBase64(entry.digest));
  const signature = await key.sign(signedAttributes);
  const { token, genTime } = await tsa.timestamp(digest('sha256', signature));
  assertTimeOrder(certificate, entry, genTime);
  return {
    digest: entry.digest,
    signedAttributes: toBase64(signedAttributes),
    signature: toBase64(signature),
    timestamp: toBase64(token),
  };
}

/** `notBefore <= M <= genTime <= notAfter` (EN 319 142-1 §6.3); a validator would reject anything else. */
function assertTimeOrder(certificate: Certificate, entry: ManifestEntry, genTime: Date): void {
  const claimed = new Date(entry.claimedSigningTime);
  const inOrder = certificate.notBefore <= claimed && claimed <= genTime && genTime <= certificate.notAfter;
  if (!inOrder) throw outOfOrder();
}

const outOfOrder = (): OssError => new OssError('OSS_INTERNAL', { reason: 'time order' });
