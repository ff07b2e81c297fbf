import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type ApiClient, isRevoked } from '../../contract/model/api-client.ts';

/** The applications that have a key, as they are now; they may change while the API runs. */
export type Applications = () => Promise<readonly ApiClient[]>;

const hash = (key: string): Buffer => createHash('sha256').update(key).digest();

/** 256 random bits, so a plain hash keeps it. The key is shown this once and kept nowhere. */
export function newApiKey(): { readonly key: string; readonly sha256: string } {
  const key = `osk_${randomBytes(32).toString('base64url')}`;
  return { key, sha256: hash(key).toString('hex') };
}

/** An application that is new owns nothing, whatever one of the same name once owned. */
export function newApplication(about: Pick<ApiClient, 'name' | 'addresses'>): {
  readonly key: string;
  readonly client: ApiClient;
} {
  const { key, sha256 } = newApiKey();
  return { key, client: { ...about, id: randomBytes(16).toString('hex'), sha256 } };
}

/** Whose things a key opens: the same before and after it was replaced. */
export const ownerOf = ({ id, name }: ApiClient): string => id ?? `name/${name}`;

/** The application that has this key; every stored hash is compared, in constant time. */
export function clientOf(clients: readonly ApiClient[], key: string): ApiClient | undefined {
  const presented = hash(key);
  const found = clients.filter(({ sha256 }) => timingSafeEqual(presented, Buffer.from(sha256, 'hex')));
  return found.find((client) => !isRevoked(client));
}
