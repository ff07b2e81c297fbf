/** What an Optimizer is opened with, and what its calls take. */
import type { VerifyOptions } from './pades/verify-file.ts';
import type { SigningService } from './signing-service/port.ts';
import type { DirectoryLock } from './vault/lock.ts';
import type { DocumentWork } from './work/document-work.ts';

export interface OptimizerOptions {
  /** Vault and journals; one Optimizer at a time owns it. */
  readonly dataDirectory: string;
  /** Where it was taken before; the Optimizer releases it. */
  readonly lock?: DirectoryLock;
  readonly service: SigningService;
  /**
   * The service as a certain officer may use it, for transactions that name one.
   * @throws OssError OSS_CREDENTIALS_INVALID where that officer is no longer known
   */
  readonly serviceOf?: (officer: string) => Promise<SigningService>;
  /** PEM of the pinned roots. */
  readonly anchors: string;
  /** TrueType font of visible signatures; more scripts in the folder `scripts` beside it. */
  readonly signatureFontPath: string;
  /** Time-stamp authorities for long-term levels, asked in this order; without any, the one of the service. */
  readonly timestampUrls?: readonly string[];
  readonly now?: () => Date;
  /** Whether transactions that have ended stay in memory, for who asks for their state again and again: true. */
  readonly remembersEnded?: boolean;
  /** Whatever looks into a document, perhaps shared with others; without it this process does, and nothing stops it. */
  readonly documentWork?: DocumentWork;
  /** Told the name of an index that was damaged: it is kept as `<name>.damaged`, and made again from the journals. */
  readonly onSetAside?: (name: string) => void;
}

export interface ListOptions {
  readonly ended?: number;
}

/** A verification that a person waits for. */
export type VerifyWork = Pick<VerifyOptions, 'password' | 'name' | 'signedFile' | 'signal' | 'onBytes'>;

/** What the signer reads: a file of the vault, up to `bytes`. */
export interface ReadableDocument {
  readonly path: string;
  readonly bytes: number;
  /** Opens it; known as long as this process lives. */
  readonly password?: string;
}
