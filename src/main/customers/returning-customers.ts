import { randomBytes } from 'node:crypto';
import { SerialQueue } from '../../base/keyed-queue.ts';
import { fullNameOf, type Identity, maskPhone } from '../../contract/model/identity.ts';
import { type CustomerRecords, transientRecords } from './customer-records.ts';
import { CUSTOMERS_KEY_BYTES, CustomerSeal, type SealedCustomer } from './sealed-customers.ts';

/** What happens to remembered data, for the audit list: no names, only what and how many. */
export type CustomerEvent =
  | { readonly kind: 'customer-remembered' }
  | { readonly kind: 'customer-data-used' }
  | { readonly kind: 'customers-purged'; readonly count: number };

export interface ReturningCustomersOptions {
  /** From one start to the next. */
  readonly records: CustomerRecords;
  /** Undefined while no secret store is open: then signers are remembered until the station closes. */
  key(): Promise<Uint8Array | undefined>;
  /** The retention rule: days after the last visit; 0 remembers nobody. */
  days(): number;
  now(): Date;
  audit(event: CustomerEvent): void | Promise<void>;
}

interface CustomerStore {
  readonly records: CustomerRecords;
  readonly seal: CustomerSeal;
}

const DAY = 86_400_000;

/**
 * Signers of the last days, found by their id document. What the rule does not allow any more is deleted
 * whenever the list is looked at, and never offered.
 */
export class ReturningCustomers {
  readonly #options: ReturningCustomersOptions;
  readonly #transient: CustomerStore = {
    records: transientRecords(),
    seal: new CustomerSeal(randomBytes(CUSTOMERS_KEY_BYTES)),
  };
  readonly #queue = new SerialQueue();

  constructor(options: ReturningCustomersOptions) {
    this.#options = options;
  }

  async find(
    idDocument: Identity['idDocument'],
  ): Promise<{ readonly name: string; readonly lastSeen: string; readonly maskedPhone: string } | undefined> {
    const found = await this.#lookUp(idDocument);
    if (!found) return undefined;
    const { identity, seenAt } = found;
    return { name: fullNameOf(identity), lastSeen: seenAt, maskedPhone: maskPhone(identity.mobilePhone) };
  }

  async use(idDocument: Identity['idDocument']): Promise<Identity | undefined> {
    const found = await this.#lookUp(idDocument);
    if (found) await this.#options.audit({ kind: 'customer-data-used' });
    return found?.identity;
  }

  remember(identity: Identity): Promise<void> {
    return this.#inTurn(async ({ records, seal }) => {
      if (this.#options.days() === 0) return;
      const customer = seal.seal(identity, this.#options.now().toISOString());
      const others = (await records.load()).filter(({ lookup }) => lookup !== customer.lookup);
      await records.save([...others, customer]);
      await this.#options.audit({ kind: 'customer-remembered' });
    });
  }

  /** Deletes what the rule does not allow any more. */
  purge(): Promise<void> {
    return this.#inTurn(async () => undefined);
  }

  #lookUp(
    idDocument: Identity['idDocument'],
  ): Promise<{ readonly identity: Identity; readonly seenAt: string } | undefined> {
    return this.#inTurn(async ({ records, seal }) => {
      const lookup = seal.lookupOf(idDocument);
      const customer = (await records.load()).find((one) => one.lookup === lookup);
      const identity = customer && seal.open(customer);
      return identity && { identity, seenAt: customer.seenAt };
    });
  }

  /** One after the other, each on records from which everybody who is due has been purged. */
  #inTurn<T>(act: (store: CustomerStore) => Promise<T>): Promise<T> {
    return this.#queue.run(async () => {
      const { records } = this.#options;
      for (const kept of [records, this.#transient.records]) await this.#purge(kept);
      const key = await this.#options.key();
      return act(key ? { records, seal: new CustomerSeal(key) } : this.#transient);
    });
  }

  async #purge(records: CustomerRecords): Promise<void> {
    const all = await records.load();
    const days = this.#options.days();
    const oldest = this.#options.now().getTime() - days * DAY;
    const isAllowed = ({ seenAt }: SealedCustomer) => days > 0 && Date.parse(seenAt) > oldest;
    const kept = all.filter(isAllowed);
    if (kept.length === all.length) return;
    await records.save(kept);
    await this.#options.audit({ kind: 'customers-purged', count: all.length - kept.length });
  }
}
