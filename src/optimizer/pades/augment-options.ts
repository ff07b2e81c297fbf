import type { LongTermLevel, SourceAttempt } from '../../contract/model/transaction.ts';
import type { ValidationData } from '../../pdf/index.ts';
import type { Certificate, CertificateCache, StampDigest } from '../../pki/index.ts';
import type { TimestampAuthority, ValidationDataSource } from '../sources/port.ts';
import type { HashedPrefix } from '../vault/hash-file.ts';

export interface AugmentOptions {
  readonly level: LongTermLevel;
  /** Names of the fields whose signatures must reach it; without them all of the file must. */
  readonly fields?: readonly string[];
  readonly anchors: readonly Certificate[];
  readonly certificates: CertificateCache;
  /** What came with the signature; it is used only where it verifies. */
  readonly shipped?: ValidationData;
  readonly source: ValidationDataSource;
  /** Asked in this order; the next one where one fails. */
  readonly timestampAuthorities: readonly TimestampAuthority[];
  /** What document time stamps are made over. Default: SHA-256. */
  readonly timestampDigest?: StampDigest;
  /** An authority whose certificates end before then is passed over. */
  readonly lastingUntil?: Date;
  readonly now: () => Date;
  readonly password?: string;
  readonly prefix?: HashedPrefix;
  /** Told of every outside source that was asked, before the next one is. */
  readonly onAttempt: (attempt: SourceAttempt) => Promise<void>;
}
