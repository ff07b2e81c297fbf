import type { Check } from '../../../contract/model/verification.ts';
import {
  type Certificate,
  CertificatePool,
  type CmsVerification,
  OID,
  PkiError,
  validatePath,
} from '../../../pki/index.ts';
import { trustedPath } from '../envelope/path-options.ts';
import { asInstant, failed, none, passed, undecided } from '../envelope/verdict.ts';
import type { ChainUse } from '../proof/revocation-status.ts';
import { claimedTimeCheck } from './claimed-time.ts';
import { type PathContext, timestampCheck } from './signature-timestamp.ts';

export interface PathResult {
  readonly checks: readonly Check[];
  readonly provenTime: Date | undefined;
  readonly singleUse: boolean;
  /** The chains that hold, whose revocation matters; complete only where no check failed or is undecided. */
  readonly uses: readonly ChainUse[];
}

const withoutPath = (check: Check): PathResult => ({
  checks: [check],
  provenTime: undefined,
  singleUse: false,
  uses: [],
});

/** Time stamp first: the certificate is judged at the time that it proves (EN 319 102-1 §5.5). `claimedTime`: /M. */
export function pathChecks(
  cms: CmsVerification | undefined,
  claimedTime: Date | undefined,
  context: PathContext,
): PathResult {
  if (!cms)
    return withoutPath(
      none('certificate', 'The certificate was not checked: the signature value was not.', 'unreadable'),
    );
  const certificate = cms.signerCertificate;
  if (!certificate) return withoutPath(missingCertificate());
  const { check: timestamp, verified } = timestampCheck(cms, context);
  const provenTime = verified?.genTime;
  const singleUse = certificate.hasExtension(OID.valassuredShortTerm);
  const { check: path, chain } = chainCheck(cms, certificate, context, provenTime);
  const claimed = claimedTimeCheck(claimedTime, certificate, provenTime, context.at);
  return {
    checks: [timestamp, ...(claimed ? [claimed] : []), certificateCheck(cms, certificate, singleUse), path],
    provenTime,
    singleUse,
    uses: [
      ...(chain ? [{ role: 'signer', chain, at: provenTime ?? context.at } as const] : []),
      ...(verified
        ? [
            {
              role: 'time-stamp authority',
              chain: verified.chain,
              at: verified.genTime,
              provenBy: context.proof?.timestamp.genTime ?? context.at,
            } as const,
          ]
        : []),
    ],
  };
}

/** EN 319 102-1 §5.2.3: with the certificate the signature might verify. */
const missingCertificate = (): Check =>
  undecided(
    'certificate',
    'The certificate of the signer is neither in the signature nor elsewhere in the file.',
    'noSigningCertificate',
  );

function certificateCheck(cms: CmsVerification, certificate: Certificate, singleUse: boolean): Check {
  const period = `${asInstant(certificate.notBefore)} to ${asInstant(certificate.notAfter)}`;
  const sentence = singleUse
    ? `A single-use certificate, issued for this signature alone; its key was valid from ${period} and no longer exists.`
    : `The certificate is valid from ${period}.`;
  if (cms.signedAttributes.signingCertificate !== undefined) return passed('certificate', sentence);
  // RFC 5035 §1: another certificate for the same key could be put in its place, with another name.
  const unbound =
    'Nothing that was signed says that it was made for this certificate and no other one of the same key.';
  return none('certificate', `${sentence} ${unbound}`, 'certificateNotBound');
}

function chainCheck(
  cms: CmsVerification,
  certificate: Certificate,
  { at, offered, revocation, ...trust }: PathContext,
  provenTime: Date | undefined,
): { check: Check; chain: readonly Certificate[] | undefined } {
  const time = provenTime ?? at;
  const pool = new CertificatePool(cms.certificates, offered.pool);
  try {
    const found = trustedPath(
      trust,
      'signer',
      (anchors) => ({ chain: validatePath(certificate, pool, anchors, time, 'signing', revocation.work) }),
      () => time,
    );
    if (!found) return { check: withdrawn(), chain: undefined };
    const { chain } = found;
    const root = chain.at(-1)?.subject;
    const sentence = `The certificate comes from a trusted authority: ${root?.commonName ?? root?.text ?? ''}.`;
    return { check: passed('chain', sentence), chain };
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    return { check: chainRefusal(error, certificate, provenTime), chain: undefined };
  }
}

/** ETSI TS 119 615 §4.2: a service counts for what it did while it was granted. */
const withdrawn = (): Check =>
  undecided(
    'chain',
    'The trusted list says that the service that issued the certificate was not granted at that time.',
    'chainUntrusted',
  );

const withoutProof = ({ reason }: PkiError): Check =>
  reason === 'certificate-not-yet-valid'
    ? undecided(
        'chain',
        'The certificate is not valid yet: the clock of its authority or the one here is wrong.',
        'chainBeforeBeginning',
      )
    : undecided(
        'chain',
        'The certificate has expired, and no time stamp proves that it was valid when it signed.',
        'chainExpiredWithoutProof',
      );

function chainRefusal(error: PkiError, certificate: Certificate, provenTime: Date | undefined): Check {
  switch (error.reason) {
    case 'path-not-found':
      return undecided(
        'chain',
        `No path leads from the certificate to a trusted authority: ${error.message}.`,
        'chainUntrusted',
      );
    case 'weak-cryptography':
      return undecided(
        'chain',
        `The certificate rests on cryptography that is not relied on (${error.message}).`,
        'weakCryptography',
      );
    case 'unsupported-algorithm':
      return undecided(
        'chain',
        `The certificate uses an algorithm that is not checked here (${error.message}).`,
        'unsupportedAlgorithm',
      );
    case 'over-the-bound':
      return undecided(
        'chain',
        `Finding out where the certificate comes from would take too much work (${error.message}).`,
        'overTheBound',
      );
    case 'certificate-not-yet-valid':
    case 'certificate-outside-validity':
      return provenTime === undefined
        ? withoutProof(error)
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
