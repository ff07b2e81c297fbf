import { fullNameOf, type Identity } from '../../contract/model/identity.ts';
import type { CustomerMemory } from './customer-memory.ts';
import { CustomerSeal, type SealedCustomer } from './sealed-customers.ts';

/** What happens to remembered data, for the audit list: no names, only what and how many. */
export type CustomerEvent =
  | { readonly kind: 'customer-remembered' }
  | { readonly kind: 'customer-data-used' }
  | { readonly kind: 'customers-purged'; readonly count: number };

export interface ReturningCustomersOptions {
  /** Opened at the first need: asking the keychain may take a moment. */
  openMemory(): Promise<CustomerMemory>;
  /** The retention rule: days after the last signature; 0 remembers nobody. */
  days(): number;
  now(): Date;
  audit(event: CustomerEvent): void;
}

interface Opened {
  readonly memory: CustomerMemory;
  readonly seal: CustomerSeal;
}

const DAY = 86_400_000;

/**
 * Signers of the last days, found by their id document. What the rule does not allow any more is deleted
 * whenever the list is looked at, and never offered.
 */
export class ReturningCustomers {
  readonly #options: ReturningCustomersOptions;
  #opened: Promise<Opened> | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: ReturningCustomersOptions) {
    this.#options = options;
  }

  async find(
    idDocument: Identity['idDocument'],
  ): Promise<{ readonly name: string; readonly lastSeen: string } | undefined> {
    const found = await this.#lookUp(idDocument);
    return found && { name: fullNameOf(found.identity), lastSeen: found.seenAt };
  }

  async use(idDocument: Identity['idDocument']): Promise<Identity | undefined> {
    const found = await this.#lookUp(idDocument);
    if (found) this.#options.audit({ kind: 'customer-data-used' });
    return found?.identity;
  }

  remember(identity: Identity): Promise<void> {
    return this.#inTurn(async ({ memory, seal }, kept) => {
      if (this.#options.days() === 0) return;
      const customer = seal.seal(identity, this.#options.now().toISOString());
      await memory.save([...kept.filter(({ lookup }) => lookup !== customer.lookup), customer]);
      this.#options.audit({ kind: 'customer-remembered' });
    });
  }

  /** Deletes what the rule does not allow any more. */
  purge(): Promise<void> {
    return this.#inTurn(async () => undefined);
  }

  #lookUp(
    idDocument: Identity['idDocument'],
  ): Promise<{ readonly identity: Identity; readonly seenAt: string } | undefined> {
    return this.#inTurn(async ({ seal }, kept) => {
      const lookup = seal.lookupOf(idDocument);
      const customer = kept.find((one) => one.lookup === lookup);
      const identity = customer && seal.open(customer);
      return identity && { identity, seenAt: customer.seenAt };
    });
  }

  /** One after the other, each on a list from which everybody who is due has been purged. */
  #inTurn<T>(act: (opened: Opened, kept: readonly SealedCustomer[]) => Promise<T>): Promise<T> {
    const turn = this.#queue
      .catch(() => undefined)
      .then(async () => {
        const opened = await this.#open();
        return act(opened, await this.#purged(opened.memory));
      });
    this.#queue = turn;
    return turn;
  }

  async #purged(memory: CustomerMemory): Promise<readonly SealedCustomer[]> {
    const all = await memory.load();
    const oldest = this.#options.now().getTime() - this.#options.days() * DAY;
    const kept = all.filter(({ seenAt }) => this.#options.days() > 0 && Date.parse(seenAt) > oldest);
    if (kept.length === all.length) return all;
    await memory.save(kept);
    this.#options.audit({ kind: 'customers-purged', count: all.length - kept.length });
    return kept;
  }

  #open(): Promise<Opened> {
    this.#opened ??= this.#options
      .openMemory()
      .then((memory) => ({ memory, seal: new CustomerSeal(memory.key) }));
    return this.#opened;
  }
}
