import { performance } from 'node:perf_hooks';
import { PkiError } from '../../../src/pki/errors.ts';
import { type PathPurpose, validatePath } from '../../../src/pki/index.ts';
import { type CertificateOptions, certify, type Party, SIGNER } from './certificates.ts';

/** The trust anchor of these paths. */
export const root = certify({ name: 'Root' });
/** A signer below an authority. */
export const leafOf = (issuer: Party, options: CertificateOptions = {}): Party =>
  certify({ name: 'Leaf', issuer, extensions: SIGNER, ...options });

/** The names of the path that was found, or why there is none. */
export function verdict(
  leaf: Party,
  pool: readonly Party[],
  anchors = [root],
  purpose: PathPurpose = 'signing',
): string {
  const certificatesOf = (parties: readonly Party[]) => parties.map(({ certificate }) => certificate);
  try {
    const chain = validatePath(
      leaf.certificate,
      certificatesOf(pool),
      certificatesOf(anchors),
      new Date(),
      purpose,
    );
    return chain.map(({ subject }) => subject.commonName).join(' < ');
  } catch (error) {
    return error instanceof PkiError ? `${error.reason}: ${error.message}` : `unexpected ${String(error)}`;
  }
}

/** What a check said, and how long it took. */
export function timed(check: () => string): { readonly said: string; readonly millis: number } {
  const start = performance.now();
  const said = check();
  return { said, millis: performance.now() - start };
}
