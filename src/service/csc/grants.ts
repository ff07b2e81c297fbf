/** Handles that clients hold for a while: opaque, of 256 bits, stored as keyed hashes only. */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import type { Manifest } from '../../contract/model/manifest.ts';
import type { KeyedHash } from '../settings/master-secret.ts';
import type { CscGrantKind } from '../store/csc-repository.ts';
import type { Store } from '../store/store.ts';

/** What each kind of grant says. */
export interface GrantStates {
  /** What the next code will be good for. */
  readonly digests: {
    readonly officer: string;
    readonly hashes: readonly string[];
    readonly sent?: SentCode;
  };
  readonly pushed: Authorization;
  readonly page: Authorization & { readonly sent?: SentCode };
  readonly code: Authorization & { readonly proven?: ProvenCode };
  readonly sad: {
    readonly officer: string;
    /** The OAuth client that it was given to; absent for explicit authorisation. */
    readonly client?: string;
    readonly credentialID: string;
    /** Absent for a seal. */
    readonly proven?: ProvenCode;
  };
}

/** A code that went out, and until when it is good. */
export interface SentCode {
  readonly manifest: Manifest;
  readonly reference: string;
  readonly maskedPhone: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** A code that was right, and what it was sent for; it is used up by signing. */
export interface ProvenCode {
  readonly manifest: Manifest;
  readonly challengeId: string;
  readonly subjectDigest: string;
  /** Of the code, in milliseconds since the epoch: nothing that comes of it lives longer. */
  readonly expiresAt: number;
}

/** What an OAuth client asks its user for. */
export interface Authorization {
  readonly client: string;
  readonly officer: string;
  readonly redirectUri: string;
  readonly state?: string;
  readonly codeChallenge: string;
  readonly credentialID: string;
  readonly documents: readonly { readonly hash: string; readonly label?: string }[];
  /** As it came, to be repeated in the response of the token endpoint; absent where plain parameters were used. */
  readonly details?: unknown;
  readonly language?: string;
}

export interface Grant<K extends CscGrantKind> {
  readonly handle: string;
  readonly state: GrantStates[K];
  readonly expiresAt: number;
}

export interface Grants {
  /** @returns what the client is to hold */
  give<K extends CscGrantKind>(kind: K, state: GrantStates[K], expiresAt: number): Promise<string>;
  /** Under a name that is known, instead of a secret: of digests. */
  keep<K extends CscGrantKind>(
    kind: K,
    name: string,
    state: GrantStates[K],
    expiresAt: number,
  ): Promise<void>;
  find<K extends CscGrantKind>(kind: K, held: string): Promise<Grant<K> | undefined>;
  /** For one caller only. */
  take<K extends CscGrantKind>(kind: K, held: string): Promise<Grant<K> | undefined>;
  handleOf(kind: CscGrantKind, held: string): string;
}

export function cscGrants(store: Pick<Store, 'csc'>, clock: Clock, hashToken: KeyedHash): Grants {
  const handleOf = (kind: CscGrantKind, held: string): string => hashToken(`csc ${kind} ${held}`);
  const keep: Grants['keep'] = (kind, held, state, expiresAt) =>
    store.csc.put({ handle: handleOf(kind, held), kind, state, expiresAt });
  return {
    handleOf,
    keep,
    async give(kind, state, expiresAt) {
      const held = randomBytes(32).toString('base64url');
      await keep(kind, held, state, expiresAt);
      return held;
    },
    find: async (kind, held) =>
      (await store.csc.find(handleOf(kind, held), kind, clock().getTime())) as never,
    take: async (kind, held) =>
      (await store.csc.take(handleOf(kind, held), kind, clock().getTime())) as never,
  };
}
