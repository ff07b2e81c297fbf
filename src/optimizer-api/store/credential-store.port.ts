/** Where passwords, PINs and codes rest: the key store of the system, or a sealed file where there is none. */
export interface CredentialStore {
  /** The secret is on the disk when this returns. */
  put(name: string, secret: string): Promise<void>;
  get(name: string): Promise<string | undefined>;
  remove(name: string): Promise<void>;
}
