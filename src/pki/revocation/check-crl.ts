/** What a CRL says of a certificate (RFC 5280 §6.3.3). */
import type { Certificate } from '../certificate/certificate.ts';
import { isSameName } from '../certificate/name-comparison.ts';
import { PkiError } from '../errors.ts';
import { requireStrongKey } from '../path/rules.ts';
import { WorkBudget } from '../path/work-budget.ts';
import type { Crl } from './crl.ts';
import type { CrlEntry } from './crl-entries.ts';
import { whyOutside } from './crl-scope.ts';
import { requireFresh, requireValidSigner, type StatusTime } from './freshness.ts';
import { REMOVE_FROM_CRL, type Statement, settle } from './statement.ts';

/**
 * Checks that `certificate` is not revoked by this list of its issuer at the time that matters.
 * @throws PkiError `revoked`, `revocation-uncertain`, `revocation-data-stale` (also for a list of the future),
 * `weak-cryptography` or `revocation-data-invalid`.
 */
export function checkCrl(crl: Crl, certificate: Certificate, issuer: Certificate, time: StatusTime): void {
  const statement = readCrlStatement(crl, certificate, issuer, time);
  settle(certificate, [statement], time);
  if (statement.refusal) throw statement.refusal;
}

/**
 * A revocation counts in a list of any kind and age; that a certificate is not listed says something only in a list that
 * is complete for it, and fresh.
 * @throws PkiError `revocation-data-invalid`, `weak-cryptography`, `unsupported-algorithm`, `over-the-bound` or
 * `malformed` for a list that says nothing about it.
 */
export function readCrlStatement(
  crl: Crl,
  certificate: Certificate,
  issuer: Certificate,
  time: StatusTime,
  work: WorkBudget = new WorkBudget(),
): Statement {
  requireSigned(crl, certificate, issuer, work);
  const entries = entriesAbout(crl, certificate, issuer);
  return {
    kind: 'crl',
    der: crl.der,
    thisUpdate: crl.thisUpdate,
    nextUpdate: crl.nextUpdate,
    signer: issuer,
    revocations: entries,
    refusal: refusalOf(() => requireSettling(crl, entries, certificate, issuer, time)),
  };
}

function requireSigned(crl: Crl, certificate: Certificate, issuer: Certificate, work: WorkBudget): void {
  if (
    !isSameName(crl.issuer.der, issuer.subject.der) ||
    !isSameName(certificate.issuer.der, issuer.subject.der)
  ) {
    throw invalid('CRL of another authority');
  }
  const usage = issuer.keyUsage;
  if (usage !== undefined && !usage.has('cRLSign')) throw invalid('key of the authority may not sign CRLs');
  requireStrongKey(issuer);
  if (!crl.knowsIssuer(issuer)) work.spend(issuer.keyStrength.cost, `CRLs of "${issuer.subject.text}"`);
  if (!isSigned(crl, issuer)) throw invalid('signature of the CRL does not verify');
}

function isSigned(crl: Crl, issuer: Certificate): boolean {
  try {
    return crl.isSignedBy(issuer);
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    throw new PkiError(error.reason, `the CRL of "${issuer.subject.text}": ${error.message}`, {
      cause: error,
    });
  }
}

function entriesAbout(
  { scope, entries, issuer: listIssuer }: Crl,
  certificate: Certificate,
  issuer: Certificate,
): CrlEntry[] {
  // Attribute certificates are numbered by themselves.
  if (scope.onlyAttributes) return [];
  const serial = certificate.fields.serialContent;
  return scope.isIndirect
    ? entries.ofIssuer(serial, listIssuer.der, (name) => isSameName(name, issuer.subject.der))
    : entries.of(serial);
}

/** That the certificate is not on the list means that it was good. */
function requireSettling(
  crl: Crl,
  entries: readonly CrlEntry[],
  certificate: Certificate,
  issuer: Certificate,
  time: StatusTime,
): void {
  const unknown = crl.unknownCriticalExtensions;
  if (unknown.length > 0) throw invalid(`critical CRL extension ${unknown.join(', ')}`);
  // A delta speaks of what it names: of a certificate that it takes off the list, too.
  if (crl.isDelta && !entries.some(({ reason }) => reason === REMOVE_FROM_CRL))
    throw invalid('a delta CRL, which is not complete');
  const outside = whyOutside(crl.scope, certificate);
  if (outside !== undefined) throw invalid(outside);
  requireFresh(crl, time, certificate);
  requireValidSigner(issuer, crl.thisUpdate, time);
}

/** What the rule throws. */
export function refusalOf(rule: () => void): PkiError | undefined {
  try {
    rule();
    return undefined;
  } catch (error) {
    if (error instanceof PkiError) return error;
    throw error;
  }
}

const invalid = (what: string): PkiError => new PkiError('revocation-data-invalid', what);
