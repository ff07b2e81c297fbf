/** Secrets that the station keeps from one start to the next, each under a fixed name. */
export const SECRET_NAMES = Object.freeze(['officer-password', 'officer-pin'] as const);
export type SecretName = (typeof SECRET_NAMES)[number];

export interface SecretStore {
  readonly keptIn: 'keychain' | 'passphrase-file';
  read(name: SecretName): Promise<string | undefined>;
  write(name: SecretName, secret: string): Promise<void>;
  remove(name: SecretName): Promise<void>;
}
