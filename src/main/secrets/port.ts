/** Secrets that the station keeps from one start to the next, each under a fixed name. */
export const SECRET_NAMES = Object.freeze([
  'officer-password',
  'officer-pin',
  /** Of the station at a provider that speaks CSC: of its client, or of its user. */
  'provider-secret',
  /** Of the key at a provider that speaks CSC; the officer's own is nobody else's business. */
  'provider-pin',
  'billing-password',
  /** PKCS#8 PEM of the client certificate's key. */
  'client-key',
  /** Under which signers of the last days are remembered. */
  'customers-key',
  /** scrypt hash; see admin/password-hash.ts. */
  'admin-password',
  /** How many tries were wrong in a row, and when the next is admitted. */
  'admin-tries',
  /** Seals the credentials of officers that applications name. */
  'api-sealing-key',
  /** The end of the audit list, so that a list that was cut is noticed. */
  'audit-end',
] as const);
export type SecretName = (typeof SECRET_NAMES)[number];

export interface SecretStore {
  readonly keptIn: 'keychain' | 'passphrase-file';
  read(name: SecretName): Promise<string | undefined>;
  write(name: SecretName, secret: string): Promise<void>;
  remove(name: SecretName): Promise<void>;
}
