import { OssError } from '../../contract/errors.ts';
import type { SigningResponse } from './port.ts';

/** Transactions in hand at one station are few. */
const MAX_REMEMBERED = 100;

/**
 * What providers signed that cannot be asked for it again, as long as this process lives: a signature that came and
 * could not be used at once, or an answer that is still to be fetched.
 */
export class RememberedResponses {
  readonly #fetches = new Map<string, () => Promise<SigningResponse>>();

  keep(key: string, response: SigningResponse): void {
    this.pending(key, async () => response);
  }

  /** @param fetch asks for an answer that the provider has promised */
  pending(key: string, fetch: () => Promise<SigningResponse>): void {
    this.#fetches.set(key, fetch);
    for (const [oldest] of this.#fetches) {
      if (this.#fetches.size <= MAX_REMEMBERED) break;
      this.#fetches.delete(oldest);
    }
  }

  /** @throws OssError OSS_REQUEST_STATE where nothing is known of this key: the signer agrees again */
  async find(key: string): Promise<SigningResponse> {
    const fetch = this.#fetches.get(key);
    if (fetch === undefined) throw new OssError('OSS_REQUEST_STATE', { reason: 'nothing was signed' });
    return fetch();
  }
}
