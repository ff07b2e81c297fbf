import type { RequestState } from '../../contract/model/request-state.ts';

/**
 * Tables as both databases hold them. Portable types only: text, 64-bit integers (milliseconds since the
 * epoch, or 0/1), bytes.
 */
export interface OfficersTable {
  username: string;
  display_name: string;
  password_hash: string;
  pin_hash: string;
  /** JSON array of ids. */
  registration_authorities: string;
  active: number;
  created_at: number;
}

export interface LockoutsTable {
  subject: string;
  failures: number;
  locked_until: number;
}

export interface TokensTable {
  token_hash: string;
  username: string;
  expires_at: number;
}

export interface RequestsTable {
  id: string;
  state: RequestState;
  profile: string;
  registration_authority: string;
  officer: string;
  signer_key: string;
  /** Sealed JSON. */
  subject: Uint8Array;
  /** Sealed PDF. */
  contract: Uint8Array;
  contract_sha256: string;
  contract_bytes: number;
  created_at: number;
  expires_at: number;
  creation_key: string | null;
  creation_digest: string;
  codes_sent: number;
  tries_left: number;
}

export interface IdPicturesTable {
  request_id: string;
  side: string;
  /** Sealed JPEG. */
  picture: Uint8Array;
  added_at: number;
}

export interface ChallengesTable {
  id: string;
  request_id: string;
  live: number;
  manifest_digest: string;
  salt: Uint8Array;
  code_mac: Uint8Array;
  created_at: number;
  expires_at: number;
}

export interface SendingLimitsTable {
  /** Keyed hash of a phone number or a document. */
  subject: string;
  last_at: number;
}

export interface SentCodesTable {
  challenge_id: string;
  subject: string;
  sent_at: number;
  used: number;
}

export interface SigningsTable {
  id: string;
  request_id: string;
  idempotency_key: string;
  call_digest: string;
  manifest_digest: string;
  state: 'pending' | 'done' | 'interrupted';
  owner: string;
  lease_until: number;
  planned_tbs: Uint8Array | null;
  result: Uint8Array | null;
  created_at: number;
  finished_at: number | null;
}

export interface EventStreamsTable {
  stream: string;
  length: number;
  head: string;
}

export interface EventsTable {
  stream: string;
  sequence: number;
  at: string;
  type: string;
  data: string;
  previous_hash: string;
  hash: string;
}

export interface OutboxTable {
  id: string;
  request_id: string;
  challenge_id: string;
  state: 'waiting' | 'claimed' | 'delivered' | 'failed';
  /** Sealed recipient and text; erased when the message is delivered or given up. */
  message: Uint8Array | null;
  claimed_until: number;
  attempts: number;
  /** The end of the code: a message is never sent later. */
  valid_until: number;
  created_at: number;
  delivery_reference: string | null;
  /** Null in messages of former versions, which knew SMS only. */
  channel: string | null;
  gateway: string | null;
  failure: DeliveryFailure | null;
  receipt: 'delivered' | 'failed' | null;
  /** When the message was closed, or its receipt came. */
  closed_at: number | null;
}

/** Why a message was given up: every gateway refused it, nobody knows whether one took it, or it was too late. */
export type DeliveryFailure = 'gateway' | 'unknown' | 'tooLate';

export interface ReceiptsTable {
  gateway: string;
  reference: string;
  state: 'delivered' | 'failed';
  received_at: number;
}

export interface SandboxMessagesTable {
  id: string;
  request_id: string;
  recipient: string;
  body: string;
  sent_at: number;
  reference: string;
}

export interface LogEntriesTable {
  /** Base64url of SHA-256 over salt and digest: what the log shows. */
  commitment: string;
  act: 'issuance' | 'signature';
  /** In the log; null until a sequencer gave it. */
  position: number | null;
  /** These three are erased with the request. */
  request_id: string | null;
  salt: Uint8Array | null;
  digest: Uint8Array | null;
  added_at: number;
}

export interface LogTilesTable {
  level: number;
  number: number;
  hashes: Uint8Array;
}

export interface LogHeadsTable {
  size: number;
  note: string;
  made_at: number;
}

export interface CscGrantsTable {
  /** Keyed hash of what the client holds. */
  handle: string;
  kind: 'digests' | 'pushed' | 'page' | 'code' | 'sad';
  /** Sealed JSON. */
  state: Uint8Array;
  expires_at: number;
}

export interface CscHashesTable {
  handle: string;
  position: number;
  /** Base64. */
  hash: string;
  used: number;
}

export interface CountersTable {
  name: string;
  value: number;
}

export interface Tables {
  id_pictures: IdPicturesTable;
  officers: OfficersTable;
  lockouts: LockoutsTable;
  tokens: TokensTable;
  requests: RequestsTable;
  challenges: ChallengesTable;
  sending_limits: SendingLimitsTable;
  sent_codes: SentCodesTable;
  signings: SigningsTable;
  event_streams: EventStreamsTable;
  events: EventsTable;
  outbox: OutboxTable;
  sandbox_messages: SandboxMessagesTable;
  counters: CountersTable;
  receipts: ReceiptsTable;
  log_entries: LogEntriesTable;
  log_tiles: LogTilesTable;
  log_heads: LogHeadsTable;
  csc_grants: CscGrantsTable;
  csc_hashes: CscHashesTable;
}
