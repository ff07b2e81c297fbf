/** One signer of a CMS: what is judged of a signature in a PDF, without the PDF (EN 319 122-1). */
import type { Check, VerifiedSignature } from '../../contract/model/verification.ts';
import {
  type Certificate,
  CertificatePool,
  type CmsVerification,
  claimedTimeOf,
  type DigestName,
  embeddedRevocation,
  OID,
  PkiError,
  type ProvenMaterial,
  parseForeignSignedData,
  type ReadCertificate,
  type SignedData,
  verifyCms,
} from '../../pki/index.ts';
import { pathChecks } from '../pades/checks/path.ts';
import { reachedLevel, revocationCheck } from '../pades/checks/revocation.ts';
import { envelopeOf } from '../pades/envelope/envelope.ts';
import type { PathOptions } from '../pades/envelope/path-options.ts';
import { none, passed, undecided, verdictOf } from '../pades/envelope/verdict.ts';
import { qualificationsOf } from '../pades/listed-trust.ts';
import type { OfferedMaterial } from '../pades/proof/offered-material.ts';
import { MAX_TOKENS } from '../pades/proof/token-limit.ts';
import { describeSignature } from '../pades/report/describe-signature.ts';
import { indicationOf } from '../pades/report/indication.ts';
import type { TrustedLists } from '../trusted-lists/trusted-lists.ts';
import { valuesInMessage } from './message-values.ts';

/** What a signature value was made over. */
export interface SignedContent {
  /** Names of the files that are signed by it, directly or over a manifest. */
  readonly files: readonly string[];
  readonly bytes: number;
  /** Whether no file beside it is left out. */
  readonly isAll: boolean;
  /** Why not every one of them is what was signed. */
  readonly flaws: readonly Check[];
  /** Absent where the signed file is missing. */
  readonly digest: ((algorithm: DigestName) => Promise<Uint8Array>) | undefined;
}

export interface SignerContext {
  readonly trust: PathOptions;
  readonly trustedLists: TrustedLists | undefined;
}

/** @param name how a person finds the signature: its file, and its number there */
export async function judgeSigner(
  name: string,
  signer: SignedData | PkiError,
  content: SignedContent,
  { trust, trustedLists }: SignerContext,
): Promise<VerifiedSignature> {
  const read = trust.certificates.read;
  const values = signer instanceof PkiError ? undefined : valuesInMessage(signer, read);
  const pool = new CertificatePool(values?.certificates ?? []);
  const envelope = await envelopeOf(async () => {
    if (signer instanceof PkiError) throw signer;
    const { digest, signedAttributes } = signer.signer;
    // Without the file all else can be told of the signature; that it is about that file is not claimed below.
    const contentDigest = content.digest ? await content.digest(digest) : signedAttributes.messageDigest;
    const verified = verifyCms(signer, contentDigest, read, pool);
    // RFC 5652 §11.1: the type that was signed is that of the content; only in a PDF it is fixed.
    const contentTypeMatches = signedAttributes.contentType === signer.contentType;
    return { cms: { ...verified, contentTypeMatches }, level: levelOf(verified) };
  }, read);
  const { level, cms } = envelope;
  const integrity =
    content.digest || envelope.integrity.outcome !== 'passed' ? envelope.integrity : unknown();
  const offered: OfferedMaterial = {
    ...{ documentTimestamps: [], proofs: [], pool, furtherMaterials: [] },
    materials: signer instanceof PkiError ? [] : materialsIn(signer, read, trust.at),
  };
  const claimed = cms && claimedTimeOf(cms.signedAttributes);
  const path = pathChecks(cms, claimed, { ...trust, offered, proof: undefined });
  const { provenTime, singleUse, uses } = path;
  const checks = [
    ...[integrity, ...(content.digest ? [coverageOf(content)] : []), ...content.flaws, ...path.checks],
    revocationCheck(uses, offered, trust.revocation),
    ...(values ? values.notJudged.map(notJudged) : []),
  ];
  const certificate = cms?.signerCertificate;
  const root = uses.find(({ role }) => role === 'signer')?.chain.at(-1)?.subject;
  const verdict = verdictOf(checks);
  return {
    ...{ field: name, verdict, singleUse, checks, changes: [] },
    level: reachedLevel(level, uses, offered, undefined, trust.revocation),
    ...namesOf(certificate),
    ...(root && { anchor: root.commonName ?? root.text }),
    ...(claimed && { claimedSigningTime: claimed.toISOString() }),
    ...(provenTime && { provenTime: provenTime.toISOString() }),
    ...indicationOf(checks),
    ...describeSignature({}, cms),
    ...qualificationsOf(uses, { verdict, provenTime, at: trust.at }, trustedLists),
    signedFiles: [...content.files],
    coverage: { wholeFile: content.isAll, bytes: content.bytes, version: 1, versions: 1 },
  };
}

const namesOf = (certificate: Certificate | undefined) => ({
  signer: certificate?.subject.commonName ?? certificate?.subject.text ?? 'unknown',
  issuer: certificate?.issuer.commonName ?? certificate?.issuer.text ?? 'unknown',
  serialNumber: certificate?.serialHex ?? '',
});

const unknown = (): Check =>
  undecided('integrity', 'Without the file that was signed nothing is known about it.', 'contentMissing');

const MOST_NAMED = 5;

function coverageOf({ files, isAll }: SignedContent): Check {
  const named = files.slice(0, MOST_NAMED).map((file) => `“${file}”`);
  const more = files.length - named.length;
  const list = [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
  return passed('coverage', isAll ? `The signature covers ${list}.` : `The signature covers only ${list}.`);
}

const notJudged = (what: string): Check =>
  none('changes', `The signature also carries ${what}, which is not judged here.`, 'unsupportedFormat');

/** EN 319 122-1 §6.3: what CAdES asks for beside what PAdES does is the time that the signer claims. */
function levelOf(cms: CmsVerification): VerifiedSignature['level'] {
  const ofPades = ['content not detached (PA-01)', 'signing-time present (T13)'];
  const isBaseline =
    cms.signedAttributes.hasSigningTime && cms.findings.every((finding) => ofPades.includes(finding));
  if (!isBaseline) return 'none';
  return cms.timestampTokens.length > 0 ? 'B-T' : 'B-B';
}

/** Revocation data of the signature and of its time stamps. */
function materialsIn(signer: SignedData, read: ReadCertificate, knownAt: Date): readonly ProvenMaterial[] {
  const tokens = signer.signer.unsignedAttributes.get(OID.signatureTimeStamp) ?? [];
  return [signer, ...tokens.slice(0, MAX_TOKENS).flatMap((token) => tokenIn(token, read))]
    .map((message) => ({ ...embeddedRevocation(message), knownAt }))
    .filter(({ crls, ocspResponses }) => crls.length + ocspResponses.length > 0);
}

/** The check of the time stamp says why it cannot be read. */
function tokenIn(token: Uint8Array, read: ReadCertificate): readonly SignedData[] {
  try {
    return [parseForeignSignedData(token, read)];
  } catch (error) {
    if (error instanceof PkiError) return [];
    throw error;
  }
}
