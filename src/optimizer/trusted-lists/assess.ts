/** The words of TS 119 615 for a signature and for a time stamp, from what the lists say of their services. */
import type {
  ListedService,
  Qualification,
  QualificationReason,
  TimestampQualification,
} from '../../contract/model/trusted-lists.ts';
import { type Certificate, qcStatementsOf } from '../../pki/index.ts';
import { qualifiersFor } from './qualification-rules.ts';
import { EIDAS, type FoundService, isGranted, servicesAt, type TrustedLists } from './trusted-lists.ts';

export interface Assessed {
  /** The signer first. */
  readonly chain: readonly Certificate[];
  /** The best time of the signature that is known. */
  readonly usedAt: Date;
  /** Of the verification. */
  readonly at: Date;
  /** Whether the signature is valid as an advanced one (EN 319 102-1 TOTAL-PASSED). */
  readonly isValid: boolean;
}

/** Is it qualified, for what, and is its key in a qualified device: at one time, by one service. */
interface CertificateStanding {
  readonly isQualified: boolean;
  readonly use: 'signature' | 'seal' | 'other';
  readonly hasDevice: boolean;
}

/** TS 119 615 §4.3 to §4.5. */
export function assessSignature(lists: TrustedLists, assessed: Assessed): Qualification {
  const { chain, usedAt, at, isValid } = assessed;
  const [signer, ...authorities] = chain;
  if (!isValid || !signer) return { word: 'undetermined', reason: 'signatureNotValid' };
  const problem = lists.problemFor(chain, at);
  if (problem) return { word: 'undetermined', reason: problem };
  const known = lists.listsFor(chain, at);
  const when = (time: Date): FoundService[] => servicesAt(known, authorities, 'CA/QC', time);
  const used = when(usedAt);
  const [first] = used;
  if (!first) return { word: 'advanced', reason: 'notListed' };
  const listed = listedService(first);
  const both = [when(signer.notBefore), used].map((found) => standingAmong(found, signer));
  if (both.includes('contradictory')) return { word: 'undetermined', reason: 'contradictory', listed };
  const standings = both.filter((one) => one !== 'contradictory');
  if (standings.includes('notGranted')) return { word: 'advanced', reason: 'serviceNotGranted', listed };
  return { ...wordFor(standings.filter((one) => one !== 'notGranted')), listed };
}

function wordFor(standings: readonly CertificateStanding[]): {
  word: Qualification['word'];
  reason?: QualificationReason;
} {
  if (!standings.every(({ isQualified }) => isQualified))
    return { word: 'advanced', reason: 'certificateNotQualified' };
  const use = standings[0]?.use ?? 'other';
  if (use === 'other' || standings.some((one) => one.use !== use))
    return { word: 'advanced', reason: 'certificateForOtherUse' };
  if (standings.every(({ hasDevice }) => hasDevice))
    return { word: use === 'signature' ? 'qualifiedSignature' : 'qualifiedSeal' };
  return {
    word:
      use === 'signature'
        ? 'advancedSignatureWithQualifiedCertificate'
        : 'advancedSealWithQualifiedCertificate',
    reason: 'noQualifiedDevice',
  };
}

/** What all granted services say of a certificate; several must agree. */
function standingAmong(
  found: readonly FoundService[],
  signer: Certificate,
): CertificateStanding | 'notGranted' | 'contradictory' {
  const granted = found.filter(({ period, time }) => isGranted(period, time));
  if (granted.some(({ period }) => period.hasUnknownExtension)) return 'contradictory';
  const standings = granted.map((one) => standingBy(one, signer));
  const [first] = standings;
  if (first === undefined) return 'notGranted';
  const isAgreed = standings.every(
    (one) =>
      one !== undefined &&
      one !== 'contradictory' &&
      first !== 'contradictory' &&
      one.isQualified === first.isQualified &&
      one.use === first.use &&
      one.hasDevice === first.hasDevice,
  );
  return isAgreed ? first : 'contradictory';
}

/** Qualifiers of the list override what the certificate says (TS 119 615 §4.4.4, table 4). */
function standingBy(
  { period, time }: FoundService,
  signer: Certificate,
): CertificateStanding | 'contradictory' {
  const said = qcStatementsOf(signer);
  const qualifiers = qualifiersFor(period.rules, signer);
  const has = (...names: readonly string[]): boolean => names.some((name) => qualifiers.has(name));
  // A rule that cannot be read may say the one as well as the other.
  if (has('unknown')) return 'contradictory';
  if (has('QCStatement') && has('NotQualified')) return 'contradictory';
  const withDevice = has('QCWithSSCD', 'QCWithQSCD', 'QCQSCDManagedOnBehalf');
  const withoutDevice = has('QCNoSSCD', 'QCNoQSCD');
  if (withDevice && withoutDevice) return 'contradictory';
  const uses = [
    ...(has('QCForESig') ? ['signature' as const] : []),
    ...(has('QCForESeal', 'QCForLegalPerson') ? ['seal' as const] : []),
    ...(has('QCForWSA') ? ['website' as const] : []),
  ];
  if (uses.length > 1) return 'contradictory';
  // EN 319 412-5 §4.2.3: a qualified certificate that does not say for what is for signatures.
  const use = uses[0] ?? (said.types.length > 1 ? 'website' : (said.types[0] ?? 'signature'));
  return {
    isQualified: !has('NotQualified') && (has('QCStatement') || (said.isQualified && !said.isForeign)),
    use: isOffered(period.information, use, time) ? (use === 'website' ? 'other' : use) : 'other',
    hasDevice: withDevice || (!withoutDevice && said.hasDevice),
  };
}

const OFFERS = Object.freeze({
  signature: 'ForeSignatures',
  seal: 'ForeSeals',
  website: 'ForWebSiteAuthentication',
});

/**
 * Since the Regulation a service says for what its certificates are (TS 119 612 §5.5.9.4); before it there was one
 * use.
 */
const isOffered = (information: readonly string[], use: keyof typeof OFFERS, time: Date): boolean =>
  information.includes(OFFERS[use]) ||
  (time < EIDAS && use === 'signature' && !Object.values(OFFERS).some((one) => information.includes(one)));

/** TS 119 615 §4.6: a time stamp of a unit whose service was granted when it stamped. */
export function assessTimestamp(lists: TrustedLists, assessed: Assessed): TimestampQualification {
  const { chain, usedAt, at, isValid } = assessed;
  if (!isValid || chain.length === 0) return { word: 'undetermined', reason: 'signatureNotValid' };
  const problem = lists.problemFor(chain, at);
  if (problem) return { word: 'undetermined', reason: problem };
  const found = servicesAt(lists.listsFor(chain, at), chain, 'TSA/QTST', usedAt);
  const [first] = found;
  if (!first) return { word: 'timestamp', reason: 'notListed' };
  const granted = found.find(({ period, time }) => isGranted(period, time) && !period.hasUnknownExtension);
  if (granted) return { word: 'qualifiedTimestamp', listed: listedService(granted) };
  return { word: 'timestamp', reason: 'serviceNotGranted', listed: listedService(first) };
}

const listedService = ({ list, service, period }: FoundService): ListedService => ({
  territory: list.territory,
  sequenceNumber: list.sequenceNumber,
  issued: list.issued.toISOString(),
  ...(list.nextUpdate === undefined ? {} : { nextUpdate: list.nextUpdate.toISOString() }),
  provider: service.provider,
  service: service.name,
  status: period.status,
});
