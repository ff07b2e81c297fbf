import { createHash } from 'node:crypto';
import { z } from 'zod';
import { OssError } from '../../contract/errors.ts';
import type { OfficerCredentials, SigningService } from '../../optimizer/index.ts';
import type { CredentialStore } from '../store/credential-store.port.ts';

const credentialsSchema = z.object({ username: z.string(), password: z.string(), pin: z.string() });
const storedSchema = credentialsSchema.partial({ password: true, pin: true });
export type StoredCredentials = z.infer<typeof storedSchema>;

/**
 * Credentials of officers: those of tokens, and those that each open request was created with. Requests keep
 * their own copy, because they outlive the token and the process.
 */
export class OfficerAccounts {
  readonly #secrets: CredentialStore;
  readonly #connect: (credentials: OfficerCredentials) => SigningService;
  /** One connection per set of credentials, so that a login serves many requests. */
  readonly #connections = new Map<string, SigningService>();
  readonly #byName = new Map<string, SigningService>();

  constructor(secrets: CredentialStore, connect: (credentials: OfficerCredentials) => SigningService) {
    this.#secrets = secrets;
    this.#connect = connect;
  }

  async remember(name: string, credentials: StoredCredentials): Promise<void> {
    await this.#secrets.put(name, JSON.stringify(storedSchema.parse(credentials)));
  }

  async stored(name: string): Promise<StoredCredentials | undefined> {
    const text = await this.#secrets.get(name);
    return text === undefined ? undefined : storedSchema.parse(JSON.parse(text));
  }

  async forget(name: string): Promise<void> {
    this.#byName.delete(name);
    await this.#secrets.remove(name);
  }

  /** The service for a request. @throws OssError OSS_CREDENTIALS_INVALID where its credentials are gone */
  readonly serviceOf = async (name: string): Promise<SigningService> => {
    const known = this.#byName.get(name);
    if (known) return known;
    const credentials = credentialsSchema.safeParse(await this.stored(name));
    if (!credentials.success) throw new OssError('OSS_CREDENTIALS_INVALID', { reason: 'no longer stored' });
    const connection = this.connection(credentials.data);
    this.#byName.set(name, connection);
    return connection;
  };

  connection(credentials: OfficerCredentials): SigningService {
    const { username, password, pin } = credentials;
    const key = createHash('sha256')
      .update(JSON.stringify([username, password, pin]))
      .digest('hex');
    const connection = this.#connections.get(key) ?? this.#connect(credentials);
    this.#connections.set(key, connection);
    return connection;
  }

  async close(): Promise<void> {
    for (const connection of this.#connections.values()) await connection.close();
  }
}
