/** Certification path building and validation (RFC 5280 §6, RFC 4158). */
import type { Certificate } from '../certificate/certificate.ts';
import { nameKey } from '../certificate/name-comparison.ts';
import { PkiError, type PkiReason } from '../errors.ts';
import { CertificatePool } from './certificate-pool.ts';
import type { PathPurpose } from './purpose.ts';
import { flawsOfAuthority, flawsOfLeaf, type Step, stepOfLeaf } from './rules.ts';
import { searchPath } from './search.ts';
import { WorkBudget } from './work-budget.ts';

/** What one search may cost, in signature checks; a hierarchy of the field takes fewer than ten. */
const UNITS_OF_A_SEARCH = 500;

/**
 * Finds and validates a path from `leaf` to one of `anchors` at the time `at`: signatures, names, validity,
 * basicConstraints, pathLength, keyUsage, name constraints, critical extensions, strength of keys and algorithms, and
 * the purpose of the leaf, which every authority must allow. Where one way does not hold, the next one is tried: an
 * authority may have renewed and cross-certified twins. Revocation is separate.
 *
 * Returns the chain, leaf first, anchor last.
 * @throws PkiError: `path-not-found` when no issuer leads to an anchor, `over-the-bound` when there is too much to
 * try, and what is wrong with the shortest path where none holds: `certificate-outside-validity` (or
 * `certificate-not-yet-valid`), `path-invalid` with the rule that does not hold, `weak-cryptography`,
 * `unsupported-algorithm`.
 */
export function validatePath(
  leaf: Certificate,
  pool: readonly Certificate[] | CertificatePool,
  anchors: readonly Certificate[] | CertificatePool,
  at: Date,
  purpose: PathPurpose,
  work: WorkBudget = new WorkBudget(),
): Certificate[] {
  const first = stepOfLeaf(leaf, purpose);
  const flaws = flawsOfLeaf(first, at, purpose);
  const where = {
    pool: CertificatePool.of(pool),
    anchors: CertificatePool.of(anchors),
    budget: work.part(UNITS_OF_A_SEARCH),
  };
  if (flaws.length === 0) {
    const isAcceptable = (step: Step): boolean => flawsOfAuthority(step, at).length === 0;
    const found = searchPath(first, { ...where, isAcceptable, isLenient: false });
    if (found) return chainOf(found);
  }
  const flawed = searchPath(first, { ...where, isAcceptable: () => true, isLenient: true });
  if (!flawed) throw new PkiError('path-not-found', whereItEnds(leaf, where));
  throw gravest([...flaws, ...flawsAbove(flawed, at)]);
}

/**
 * Who is missing above the leaf, or who is not trusted: not the same thing to the person who has to mend it. Looks at
 * nothing but what the search has checked already.
 */
function whereItEnds(
  leaf: Certificate,
  { pool, anchors }: Record<'pool' | 'anchors', CertificatePool>,
): string {
  const passed = new Set([leaf]);
  let top = leaf;
  for (;;) {
    const { der } = top.issuer;
    const above = [...anchors.named(der), ...pool.named(der)].find(
      (issuer) => !passed.has(issuer) && top.knowsIssuer(issuer) && top.isSignedBy(issuer),
    );
    if (!above) break;
    passed.add(above);
    top = above;
  }
  const isRoot = nameKey(top.subject.der) === nameKey(top.issuer.der);
  return isRoot
    ? `"${top.subject.text}" is not trusted`
    : `the issuer of "${top.subject.text}", "${top.issuer.text}", is missing`;
}

function chainOf(last: Step): Certificate[] {
  const chain: Certificate[] = [];
  for (let step: Step | undefined = last; step; step = step.below) chain.unshift(step.certificate);
  return chain;
}

function flawsAbove(last: Step, at: Date): PkiError[] {
  const flaws: PkiError[] = [];
  for (let step = last; step.below; step = step.below) flaws.unshift(...flawsOfAuthority(step, at));
  return flaws;
}

const GRAVITY: readonly PkiReason[] = [
  'certificate-outside-validity',
  'certificate-not-yet-valid',
  'path-invalid',
  'weak-cryptography',
];

function gravest(flaws: readonly PkiError[]): PkiError {
  const found = GRAVITY.map((reason) => flaws.find((flaw) => flaw.reason === reason)).find((flaw) => flaw);
  return found ?? flaws[0] ?? new PkiError('path-invalid', 'a signature on the path does not verify');
}
