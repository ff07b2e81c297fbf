import type { KeyAlgorithm } from './key-algorithm.ts';

/** What a certificate of this profile costs and allows; the sizes let /Contents be reserved beforehand. */
export interface SigningProfile {
  readonly id: string;
  readonly keyAlgorithm: KeyAlgorithm;
  /** A manifest whose oldest claimed signing time is older than this is refused: prepare again. */
  readonly maxManifestAgeSeconds: number;
  /** Upper bounds in bytes: signer certificate plus chain, and one time-stamp token. */
  readonly chainBytes: number;
  readonly timestampBytes: number;
}

/** A signing service as it describes itself. */
export interface SigningServiceDescription {
  readonly name: string;
  readonly version: string;
  readonly mode: 'sandbox' | 'production';
  /** Named in the SMS and the contract. */
  readonly issuer: string;
  /** Its clock in UTC, whole seconds, so that the station can see its own skew. */
  readonly time: string;
  readonly profiles: readonly SigningProfile[];
  readonly otp: { readonly lifetimeSeconds: number };
  /** Its time-stamp authority (RFC 3161 over HTTP), where it has one. */
  readonly timestampUrl?: string;
  /** PEM of the root, in sandbox mode only: in production the anchor comes by another way than the service. */
  readonly sandboxAnchor?: string;
}
