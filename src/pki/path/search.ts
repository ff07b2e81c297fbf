/** The search for a path: breadth first, so that every certificate is asked about once and not once for every way to it. */
import type { Certificate } from '../certificate/certificate.ts';
import { nameKey } from '../certificate/name-comparison.ts';
import { toHex } from '../der/bytes.ts';
import { PkiError } from '../errors.ts';
import type { CertificatePool } from './certificate-pool.ts';
import { likenessOfKeys } from './issuer.ts';
import { type Step, stepAbove } from './rules.ts';
import type { WorkBudget } from './work-budget.ts';

/** A path of more certificates than this is not looked for: no hierarchy in the field is so deep. */
const MAX_PATH_LENGTH = 16;
/** Ways through cross-certified authorities that are followed before the search is given up. */
const MAX_STEPS = 4096;
/** Namesakes that are looked at, over all steps together. */
const MAX_CANDIDATES = 200_000;

export interface SearchOptions {
  readonly pool: CertificatePool;
  readonly anchors: CertificatePool;
  readonly budget: WorkBudget;
  /** Whether the path may go on through the authority at the top of this step. */
  readonly isAcceptable: (step: Step) => boolean;
  /** Whether an issuer counts although the signature cannot be checked: to say what is wrong with a path. */
  readonly isLenient: boolean;
}

/**
 * The shortest acceptable path from the leaf to an anchor, as its last step; anchors and issuers that the key
 * identifier names are tried first.
 * @throws PkiError `over-the-bound` where there are too many ways and signatures to try.
 */
export function searchPath(leaf: Step, options: SearchOptions): Step | undefined {
  const { anchors, pool } = options;
  const isTrusted = anchorTest(anchors);
  if (isTrusted(leaf.certificate)) return leaf;
  const identify = anchors.isConstraining || pool.isConstraining ? stateWithNames : stateOf;
  const seen = new Set([identify(leaf)]);
  const queue = [leaf];
  let looks = 0;
  for (let index = 0; index < queue.length; index += 1) {
    const step = queue[index];
    if (step === undefined || step.depth >= MAX_PATH_LENGTH) continue;
    const candidates = candidatesFor(step, options);
    looks += candidates.length;
    for (const issuer of candidates) {
      const above = stepAbove(step, issuer);
      const state = identify(above);
      if (seen.has(state)) continue;
      if (!options.isAcceptable(above) || !isSigned(step.certificate, issuer, options)) continue;
      if (isTrusted(issuer)) return above;
      seen.add(state);
      queue.push(above);
    }
    if (seen.size > MAX_STEPS || looks > MAX_CANDIDATES) throw overTheBound(leaf);
  }
  return undefined;
}

const overTheBound = (leaf: Step): PkiError =>
  new PkiError('over-the-bound', `more ways lead up from "${leaf.certificate.subject.text}" than are tried`);

const LIKELIHOOD = { same: 0, unknown: 1, different: 2 } as const;

/** Namesakes of the issuer that are not on the path already: a second certificate of the same name and key leads nowhere new. */
function candidatesFor(step: Step, { anchors, pool }: SearchOptions): Certificate[] {
  const { certificate } = step;
  const rated = [...anchors.named(certificate.issuer.der), ...pool.named(certificate.issuer.der)]
    .filter((issuer) => !isOnPath(step, issuer))
    .map((issuer) => ({ issuer, rank: LIKELIHOOD[likenessOfKeys(certificate, issuer)] }))
    .filter(({ rank }) => rank < LIKELIHOOD.different);
  return rated.sort((a, b) => a.rank - b.rank).map(({ issuer }) => issuer);
}

function isOnPath(path: Step, candidate: Certificate): boolean {
  for (let step: Step | undefined = path; step; step = step.below) {
    if (identityOf(step.certificate) === identityOf(candidate)) return true;
  }
  return false;
}

/** Without cryptography where the response is known; every other signature check is paid for. */
function isSigned(
  certificate: Certificate,
  issuer: Certificate,
  { budget, isLenient }: SearchOptions,
): boolean {
  try {
    certificate.signatureAlgorithm;
    issuer.publicKey;
  } catch (error) {
    if (error instanceof PkiError) return isLenient;
    throw error;
  }
  if (!certificate.knowsIssuer(issuer))
    budget.spend(issuer.keyStrength.cost, `issuers of "${certificate.subject.text}"`);
  return certificate.isSignedBy(issuer);
}

/** An anchor is its name and key: the same certificate, wherever it was found. */
function anchorTest(anchors: CertificatePool): (certificate: Certificate) => boolean {
  const fingerprints = new Set([...anchors].map(({ fingerprint }) => fingerprint));
  return ({ fingerprint }) => fingerprints.has(fingerprint);
}

const identities = new WeakMap<Certificate, string>();

/** Name and key: what an authority is, in however many certificates. */
function identityOf(certificate: Certificate): string {
  const known = identities.get(certificate);
  if (known !== undefined) return known;
  const identity = `${toHex(certificate.publicKeySpki)} ${nameKey(certificate.subject.der)}`;
  identities.set(certificate, identity);
  return identity;
}

/** Steps of the same state have the same ways up. */
const stateOf = ({ certificate, intermediates, purposes }: Step): string =>
  `${certificate.fingerprint} ${intermediates} ${purposes ? [...purposes].join() : ''}`;

function stateWithNames(step: Step): string {
  const names = new Set<string>();
  for (let below = step.below; below; below = below.below) names.add(nameKey(below.certificate.subject.der));
  return `${stateOf(step)} ${[...names].sort().join(' ')}`;
}
