/** The authorities of the service: who issues, who stamps time, who answers for revocation. */
import type { Certificate, Signer } from '../../pki/index.ts';

/** Roles, which are also the names of files and keys; every issuer comes before those it certifies. */
export const AUTHORITY_NAMES = Object.freeze([
  'root',
  'issuing',
  'tsa',
  'ocsp-root',
  'ocsp-issuing',
] as const);
export type AuthorityName = (typeof AUTHORITY_NAMES)[number];

/** Authorities that issue, and therefore publish revocation status. */
export type IssuerName = 'root' | 'issuing';

/** A compromised issuing CA must not be able to forge time, so the root certifies the TSA itself. */
export const ISSUER_OF: Readonly<Record<AuthorityName, IssuerName>> = Object.freeze({
  root: 'root',
  issuing: 'root',
  tsa: 'root',
  'ocsp-root': 'root',
  'ocsp-issuing': 'issuing',
});

export interface Authority {
  readonly certificate: Certificate;
  readonly signer: Signer;
}

export interface Authorities {
  readonly issuing: Authority;
  readonly tsa: Authority;
  /** The key is absent where the root is kept offline; its CRL is then published from a file. */
  readonly root: { readonly certificate: Certificate; readonly signer: Signer | undefined };
  readonly ocspResponders: Readonly<Record<IssuerName, Authority>>;
  /** DER of the CRL that an offline root signed; undefined when its key is here. */
  readonly offlineRootCrl: Uint8Array | undefined;
  /** Looks whether the operator has brought a newer one; absent when the key is here. */
  readonly readOfflineRootCrl?: () => Promise<void>;
  /** Every authority certificate ever issued, replaced ones included: what OCSP may call good (OC-03). */
  readonly issued: readonly Certificate[];
}

/** From the issuing authority to the root, as it ships with every signature. */
export const chainOf = (authorities: Authorities): readonly Certificate[] => [
  authorities.issuing.certificate,
  authorities.root.certificate,
];
