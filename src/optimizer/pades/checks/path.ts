import type { Check } from '../../../contract/model/verification.ts';
import {
  type Certificate,
  type CertificateCache,
  type CmsVerification,
  digest,
  OID,
  PkiError,
  validatePath,
  verifyTimestampToken,
} from '../../../pki/index.ts';
import { failed, none, passed, undecided } from './verdict.ts';

export interface PathOptions {
  readonly anchors: readonly Certificate[];
  readonly at: Date;
  readonly certificates: CertificateCache;
}

export interface PathResult {
  readonly checks: Check[];
  readonly provenTime: Date | undefined;
  readonly chain: { readonly singleUse: boolean };
}

const day = (time: Date): string => `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** Time stamp first: the certificate is judged at the time that it proves (EN 319 102-1 §5.5). */
export function pathChecks(cms: CmsVerification | undefined, options: PathOptions): PathResult {
  const certificate = cms?.signerCertificate;
  if (!cms || !certificate) {
    return {
      checks: [failed('certificate', 'The certificate of the signer is not in the signature.')],
      provenTime: undefined,
      chain: { singleUse: false },
    };
  }
  const { check: timestamp, provenTime } = timestampCheck(cms, options);
  const singleUse = certificate.hasExtension(OID.valassuredShortTerm);
  return {
    checks: [
      timestamp,
      certificateCheck(certificate, singleUse),
      chainCheck(cms, certificate, options, provenTime),
    ],
    provenTime,
    chain: { singleUse },
  };
}

function timestampCheck(
  cms: CmsVerification,
  { anchors, at, certificates }: PathOptions,
): { check: Check; provenTime: Date | undefined } {
  const [token] = cms.timestampTokens;
  if (token === undefined) {
    return {
      check: none('timestamp', 'There is no time stamp; the signing time is only claimed.'),
      provenTime: undefined,
    };
  }
  try {
    const { genTime, tsaCertificate } = verifyTimestampToken(
      token,
      {
        imprint: (hash) => digest(hash, cms.signature),
        anchors,
        pool: cms.certificates,
        at,
      },
      certificates.read,
    );
    const authority = tsaCertificate.subject.commonName ?? tsaCertificate.subject.text;
    return {
      check: passed('timestamp', `Signed before ${day(genTime)}, as ${authority} attests.`),
      provenTime: genTime,
    };
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    const unknown = error.reason === 'path-not-found' || error.reason === 'certificate-outside-validity';
    const check = unknown
      ? undecided('timestamp', 'The time-stamp authority is not among the trusted ones.')
      : failed('timestamp', `The time stamp does not verify (${error.message}).`);
    return { check, provenTime: undefined };
  }
}

function certificateCheck(certificate: Certificate, singleUse: boolean): Check {
  const period = `${day(certificate.notBefore)} to ${day(certificate.notAfter)}`;
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
  { anchors, at }: PathOptions,
  provenTime: Date | undefined,
): Check {
  const time = provenTime ?? at;
  try {
    const chain = validatePath(certificate, cms.certificates, anchors, time, 'signing');
    const root = chain.at(-1)?.subject;
    return passed(
      'chain',
      `The certificate comes from a trusted authority: ${root?.commonName ?? root?.text ?? ''}.`,
    );
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    switch (error.reason) {
      case 'path-not-found':
        return undecided('chain', 'The certificate does not come from a trusted authority.');
      case 'certificate-outside-validity':
        return provenTime === undefined
          ? undecided(
              'chain',
              'The certificate has expired, and no time stamp proves that it was valid when it signed.',
            )
          : failed('chain', 'The certificate was not valid at the time of signing.');
      default:
        return failed('chain', `The certificate may not be used for this signature (${error.message}).`);
    }
  }
}
