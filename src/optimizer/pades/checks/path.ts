import type { Check } from '../../../contract/model/verification.ts';
import {
  type Certificate,
  type CmsVerification,
  derFromBer,
  digest,
  OID,
  PkiError,
  type VerifiedTimestamp,
  validatePath,
  verifyTimestampToken,
} from '../../../pki/index.ts';
import { timestampRefusal } from '../evidence/document-timestamps.ts';
import type { FileEvidence, TimeProof } from '../evidence/file-evidence.ts';
import type { ChainUse } from '../evidence/revocation-status.ts';
import type { PathOptions } from './path-options.ts';
import { asInstant, failed, none, passed, undecided } from './verdict.ts';

export interface PathResult {
  readonly checks: readonly Check[];
  readonly provenTime: Date | undefined;
  readonly singleUse: boolean;
  /** The chains that hold, whose revocation matters; complete only where no check failed or is undecided. */
  readonly uses: readonly ChainUse[];
}

interface PathContext extends PathOptions {
  readonly evidence: FileEvidence;
  /** The first document time stamp over the signature. */
  readonly proof: TimeProof | undefined;
}

/** Time stamp first: the certificate is judged at the time that it proves (EN 319 102-1 §5.5). */
export function pathChecks(cms: CmsVerification | undefined, context: PathContext): PathResult {
  const certificate = cms?.signerCertificate;
  if (!cms || !certificate) {
    return {
      checks: [
        failed(
          'certificate',
          'The certificate of the signer is not in the signature.',
          'noSigningCertificate',
        ),
      ],
      provenTime: undefined,
      singleUse: false,
      uses: [],
    };
  }
  const { check: timestamp, verified } = timestampCheck(cms, context);
  const provenTime = verified?.genTime;
  const singleUse = certificate.hasExtension(OID.valassuredShortTerm);
  const { check: path, chain } = chainCheck(cms, certificate, context, provenTime);
  return {
    checks: [timestamp, certificateCheck(certificate, singleUse), path],
    provenTime,
    singleUse,
    uses: [
      ...(chain ? [{ role: 'signer', chain, at: provenTime ?? context.at } as const] : []),
      ...(verified
        ? [{ role: 'time-stamp authority', chain: verified.chain, at: verified.genTime } as const]
        : []),
    ],
  };
}

/** A later document time stamp proves that the token existed while its authority's certificate was valid. */
function timestampCheck(
  cms: CmsVerification,
  { anchors, at, certificates, evidence, proof }: PathContext,
): { check: Check; verified: VerifiedTimestamp | undefined } {
  const [token] = cms.timestampTokens;
  if (token === undefined) return documentTimestampCheck(proof);
  const control = proof?.timestamp.genTime ?? at;
  try {
    const verified = verifyTimestampToken(
      derFromBer(token),
      {
        imprint: (hash) => digest(hash, cms.signature),
        anchors,
        pool: [...cms.certificates, ...evidence.pool],
        at: control,
      },
      certificates.read,
    );
    if (verified.genTime > control && proof) {
      return {
        check: failed(
          'timestamp',
          'The time stamp is later than the document time stamp over it.',
          'timestampOrder',
        ),
        verified: undefined,
      };
    }
    return { check: passed('timestamp', attestation(verified)), verified };
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    return { check: timestampRefusal(error), verified: undefined };
  }
}

/** EN 319 142-1 §6.3 T23: a document time stamp proves the time as well. */
function documentTimestampCheck(proof: TimeProof | undefined): ReturnType<typeof timestampCheck> {
  if (proof) return { check: passed('timestamp', attestation(proof.timestamp)), verified: proof.timestamp };
  return {
    check: none('timestamp', 'There is no time stamp; the signing time is only claimed.', 'timestampMissing'),
    verified: undefined,
  };
}

function attestation({ genTime, tsaCertificate: { subject } }: VerifiedTimestamp): string {
  return `Signed before ${asInstant(genTime)}, as ${subject.commonName ?? subject.text} attests.`;
}

function certificateCheck(certificate: Certificate, singleUse: boolean): Check {
  const period = `${asInstant(certificate.notBefore)} to ${asInstant(certificate.notAfter)}`;
  return passed(
    'certificate',
    singleUse
      ? `A single-use certificate, issued for this signature alone; its key was valid from ${period} and no longer exists.`
      : `The certificate is valid from ${period}.`,
  );
}

function chainCheck(
  cms: CmsVerification,
  certificate: Certificate,
  { anchors, at, evidence }: PathContext,
  provenTime: Date | undefined,
): { check: Check; chain: readonly Certificate[] | undefined } {
  const time = provenTime ?? at;
  const pool = [...cms.certificates, ...evidence.pool];
  try {
    const chain = validatePath(certificate, pool, anchors, time, 'signing');
    const root = chain.at(-1)?.subject;
    const sentence = `The certificate comes from a trusted authority: ${root?.commonName ?? root?.text ?? ''}.`;
    return { check: passed('chain', sentence), chain };
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    return { check: chainRefusal(error, certificate, provenTime), chain: undefined };
  }
}

function chainRefusal(error: PkiError, certificate: Certificate, provenTime: Date | undefined): Check {
  switch (error.reason) {
    case 'path-not-found':
      return undecided('chain', 'The certificate does not come from a trusted authority.', 'chainUntrusted');
    case 'certificate-outside-validity':
      return provenTime === undefined
        ? undecided(
            'chain',
            'The certificate has expired, and no time stamp proves that it was valid when it signed.',
            'chainExpiredWithoutProof',
          )
        : failed(
            'chain',
            'The certificate was not valid at the time of signing.',
            provenTime < certificate.notBefore ? 'chainNotYetValid' : 'chainExpiredAtSigning',
          );
    default:
      return failed(
        'chain',
        `The certificate may not be used for this signature (${error.message}).`,
        'chainConstraints',
      );
  }
}
