import type { Certificate, Signer } from '../../pki/index.ts';
import type { LoggedInOfficer } from '../ra/session.ts';

/** The long-lived certificate of an organisation, whose key is in the key store. */
export interface Seal {
  /** By which configuration, stations and the CSC API name it. */
  readonly id: string;
  readonly certificate: Certificate;
  /** Above it: the issuing authority first, its root last where it is known. */
  readonly chain: readonly Certificate[];
  /** Signs with `signDigest` too, unless its key is an ECDSA key in a file. */
  readonly signer: Signer;
}

type Officer = Pick<LoggedInOfficer, 'username'>;

/** The seals of the service, and who may use them. */
export interface Seals {
  /** Those that this officer may use. @throws OssError OSS_KEYS_UNAVAILABLE */
  of(officer: Officer): Promise<readonly Seal[]>;
  /** @throws OssError OSS_NOT_FOUND, OSS_FORBIDDEN to an officer who may not use it, OSS_KEYS_UNAVAILABLE */
  get(id: string, officer: Officer): Promise<Seal>;
  /** Certificates that our own authority has issued for seals since the start. */
  issuedSince(): readonly Certificate[];
}
