import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Identity } from '../../contract/model/identity.ts';
import { storedIdentitySchema } from '../../contract/model/stored-identity.ts';

/** One remembered signer: only who has the key can tell which one, or read it. */
export const sealedCustomerSchema = z.strictObject({
  /** Keyed hash of type, country and number of the id document. */
  lookup: z.base64(),
  seenAt: z.iso.datetime(),
  nonce: z.base64(),
  tag: z.base64(),
  sealed: z.base64(),
});
export type SealedCustomer = z.infer<typeof sealedCustomerSchema>;

/** Bytes of the key from which both keys in use are derived (RFC 5869). */
export const CUSTOMERS_KEY_BYTES = 32;

/** Seals identities under AES-256-GCM, each bound to its place in the list and to its time. */
export class CustomerSeal {
  readonly #lookupKey: Buffer;
  readonly #sealingKey: Buffer;

  constructor(key: Uint8Array) {
    this.#lookupKey = derive(key, 'lookup');
    this.#sealingKey = derive(key, 'seal');
  }

  lookupOf({ type, country, number }: Identity['idDocument']): string {
    return createHmac('sha256', this.#lookupKey)
      .update(JSON.stringify([type, country, number]))
      .digest('base64');
  }

  seal(identity: Identity, seenAt: string): SealedCustomer {
    const lookup = this.lookupOf(identity.idDocument);
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#sealingKey, nonce);
    cipher.setAAD(Buffer.from(`${lookup} ${seenAt}`));
    const sealed = Buffer.concat([cipher.update(JSON.stringify(identity)), cipher.final()]);
    return {
      lookup,
      seenAt,
      nonce: nonce.toString('base64'),
      tag: cipher.getAuthTag().toString('base64'),
      sealed: sealed.toString('base64'),
    };
  }

  /** Undefined for what was sealed under another key or has been changed since. */
  open({ lookup, seenAt, nonce, tag, sealed }: SealedCustomer): Identity | undefined {
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#sealingKey, Buffer.from(nonce, 'base64'), {
        authTagLength: 16,
      });
      decipher.setAAD(Buffer.from(`${lookup} ${seenAt}`));
      decipher.setAuthTag(Buffer.from(tag, 'base64'));
      const plain = Buffer.concat([decipher.update(sealed, 'base64'), decipher.final()]);
      return storedIdentitySchema.parse(JSON.parse(plain.toString('utf8')));
    } catch {
      return undefined; // Nobody to offer: the clerk types the data, as for a first visit.
    }
  }
}

const derive = (key: Uint8Array, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, '', `returning customers: ${purpose}`, 32));
