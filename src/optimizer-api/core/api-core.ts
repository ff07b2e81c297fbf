import type { KeyedQueue } from '../../base/keyed-queue.ts';
import type { Optimizer } from '../../optimizer/index.ts';
import type { ApiFiles } from '../store/api-files.ts';
import type { CallbackQueue } from '../store/callback-queue.ts';
import type { CredentialStore } from '../store/credential-store.port.ts';
import type { RecordStore } from '../store/record-store.ts';
import { type ApiRequestRecord, openRecords, type Records, type Requests } from '../store/records.ts';
import type { Callbacks } from './callbacks.ts';
import type { OfficerAccounts } from './officer-accounts.ts';

export interface Compatibility {
  /** GET settings answers the stored billing password, as the older Optimizer did. */
  readonly billingPassword: boolean;
  /** 400 where the older Optimizer answered 400 with `404 Not Found` in the body. */
  readonly notFoundAs400: boolean;
}

export interface ApiPolicy {
  /** What the signature service behind is: it decides which `env` a client may name. */
  readonly mode: 'sandbox' | 'production';
  readonly defaultProfile: string;
  readonly defaultRegistrationAuthority: string | undefined;
  /** Profile of the service for each profile that clients name; `*` for those not listed. */
  readonly profiles: Readonly<Record<string, string>>;
  /** Whether a request needs pictures of the id document. */
  readonly identityImages: 'required' | 'optional';
  readonly maxFileBytes: number;
  /** Hosts to which callbacks may go, wherever they are; `any` leaves it to the client, at public addresses. */
  readonly callbackHosts: readonly string[] | 'any';
}

/** What the API works with, in nobody's name: it sees the records of all applications. */
export interface ApiCore {
  readonly optimizer: Optimizer;
  readonly store: RecordStore;
  readonly records: Records;
  readonly files: ApiFiles;
  readonly secrets: CredentialStore;
  readonly accounts: OfficerAccounts;
  readonly callbacks: Callbacks;
  /** Finds requests of all applications. */
  readonly requests: Requests;
  /** Callbacks that are due. */
  readonly pending: CallbackQueue;
  /** One call at a time changes a request. */
  readonly turns: KeyedQueue;
  readonly policy: ApiPolicy;
  readonly compatibility: Compatibility;
  /** The signer has the transaction on the screen of a desk. */
  readonly isAtDesk: (transactionId: string) => boolean;
  readonly version: string;
  readonly now: () => Date;
  /** A failure that nobody expected; never with data of a call. */
  readonly log: (what: string, thrown: unknown) => void;
}

/** What a call works with: records are those of its application, and no others can be reached through it. */
export interface CallCore extends ApiCore {
  readonly owner: string;
}

/** Views of the records for each application, made at its first call. */
export class Views {
  readonly core: ApiCore;
  readonly #byOwner = new Map<string, CallCore>();

  constructor(core: ApiCore) {
    this.core = core;
  }

  of(owner: string): CallCore {
    const known = this.#byOwner.get(owner);
    if (known) return known;
    const view = { ...this.core, owner, records: openRecords(this.core.store, { owner }) };
    this.#byOwner.set(owner, view);
    return view;
  }
}

export const keyOfRequest = (pk: number): string => String(pk);
export const keyOfDocument = (pk: number, uid: string): string => `${pk}/${uid}`;

/** Adds to the record, as it is stored now. */
export function updateRequest(
  { records, store }: Pick<ApiCore, 'records' | 'store'>,
  pk: number,
  change: Partial<ApiRequestRecord>,
): void {
  store.atomically(() => {
    const current = records.requests.get(keyOfRequest(pk));
    if (current) records.requests.put(keyOfRequest(pk), { ...current, ...change });
  });
}
