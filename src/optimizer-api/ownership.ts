import { type ApiClient, isRevoked } from '../contract/model/api-client.ts';
import type { OfficerCredentials } from '../optimizer/index.ts';
import type { Views } from './core/api-core.ts';
import { closeApplication } from './core/close-application.ts';
import { storeToken } from './core/tokens.ts';
import { type Applications, ownerOf } from './security/api-keys.ts';
import { EVERYBODY } from './store/owners.ts';

export interface OwnershipOptions {
  readonly clients: Applications | undefined;
  readonly adopter?: string;
  readonly officer?: OfficerCredentials;
  readonly notice: (text: string) => void;
  readonly log: (what: string, thrown: unknown) => void;
}

/** What could not be closed, because the service is away or the disk is full, is tried again. */
const AGAIN_MS = 30_000;

/** Who owns what was made before, what becomes of a revoked key, and the officer of trials for each application. */
export class Ownership {
  readonly #views: Views;
  readonly #options: OwnershipOptions;
  readonly #welcomed = new Map<string, Promise<void>>();
  /** The list for which revoked applications were closed. */
  #closedFor: readonly ApiClient[] | undefined;
  #closesAgainAt = 0;

  constructor(views: Views, options: OwnershipOptions) {
    this.#views = views;
    this.#options = options;
  }

  /** Before the first call. @throws OssError of the list of applications, of the officer's log-in */
  async begin(): Promise<void> {
    const { clients, notice } = this.#options;
    if (clients === undefined) {
      notice(
        'Without API keys (drop-in) every program of this machine is one client: each sees, changes and signs what any other made.',
      );
      await this.#welcomeTrial(EVERYBODY);
      return;
    }
    const live = (await clients()).filter((client) => !isRevoked(client));
    this.#adopt(live);
    for (const client of live) await this.welcome(ownerOf(client));
    await this.closeRevoked();
  }

  /** The officer of trials, once for each application. */
  welcome(owner: string): Promise<void> {
    const { officer, clients } = this.#options;
    if (officer === undefined || (clients !== undefined && owner === EVERYBODY)) return Promise.resolve();
    const known = this.#welcomed.get(owner) ?? this.#welcomeTrial(owner);
    this.#welcomed.set(owner, known);
    known.catch(() => this.#welcomed.delete(owner));
    return known;
  }

  /** What revoked applications had goes; looked at again when the list has changed, and where a part would not go. */
  async closeRevoked(): Promise<void> {
    try {
      const clients = await this.#options.clients?.();
      if (clients === undefined || clients === this.#closedFor) return;
      if (performance.now() < this.#closesAgainAt) return;
      this.#closesAgainAt = performance.now() + AGAIN_MS;
      const live = new Set(clients.filter((client) => !isRevoked(client)).map(ownerOf));
      for (const client of clients) {
        if (!live.has(ownerOf(client))) await closeApplication(this.#views.of(ownerOf(client)));
      }
      this.#closedFor = clients;
      this.#closesAgainAt = 0;
    } catch (thrown) {
      this.#options.log('closing revoked applications', thrown);
    }
  }

  async #welcomeTrial(owner: string): Promise<void> {
    const { officer } = this.#options;
    const view = this.#views.of(owner);
    if (officer && view.records.tokens.count() === 0) await storeToken(view, officer);
  }

  /**
   * What was made before keys owned anything, or without keys, was open to every program of this machine. It goes
   * to the only application there is or to the one that the operator names; where neither is, it is out of reach.
   */
  #adopt(live: readonly ApiClient[]): void {
    const { adopter, notice } = this.#options;
    const { records, core } = { records: this.#views.of(EVERYBODY).records, core: this.#views.core };
    const owners = [...new Set(live.map(ownerOf))];
    const named = live.find(({ name }) => name === adopter);
    const heir = named
      ? ownerOf(named)
      : owners.length === 1 && adopter === undefined
        ? owners[0]
        : undefined;
    if (heir !== undefined) core.store.handOver(EVERYBODY, heir);
    else if (records.requests.count() + records.tokens.count() > 0) {
      notice(
        'What was made without an API key belongs to none of the applications and is out of reach; --adopt NAME gives it to one of them.',
      );
    }
  }
}
