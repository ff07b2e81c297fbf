import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { readTextIfPresent, writeFileDurably } from '../../base/durable-file.ts';
import type { SecretStore } from '../secrets/port.ts';
import { CUSTOMERS_KEY_BYTES, type SealedCustomer, sealedCustomerSchema } from './sealed-customers.ts';

/** Where sealed signers are kept. What is due can be deleted without the key. */
export interface CustomerRecords {
  load(): Promise<readonly SealedCustomer[]>;
  save(customers: readonly SealedCustomer[]): Promise<void>;
}

const fileSchema = z.strictObject({ version: z.literal(1), customers: z.array(sealedCustomerSchema) });

export const customerFile = (path: string): CustomerRecords => ({
  load: () => read(path),
  save: (customers) => write(path, customers),
});

/** Until the station closes. */
export function transientRecords(): CustomerRecords {
  let records: readonly SealedCustomer[] = [];
  return {
    load: async () => records,
    save: async (customers) => {
      records = customers;
    },
  };
}

/** The key of this computer, made at the first need. */
export async function customersKey(secrets: SecretStore): Promise<Uint8Array> {
  const kept = await secrets.read('customers-key');
  if (kept !== undefined) return Buffer.from(kept, 'base64');
  const key = randomBytes(CUSTOMERS_KEY_BYTES);
  await secrets.write('customers-key', key.toString('base64'));
  return key;
}

/** A file that is not as it was written holds nobody: what it would say could not be trusted. */
async function read(path: string): Promise<SealedCustomer[]> {
  const text = await readTextIfPresent(path);
  if (text === undefined) return [];
  try {
    return fileSchema.parse(JSON.parse(text)).customers;
  } catch {
    return [];
  }
}

async function write(path: string, customers: readonly SealedCustomer[]): Promise<void> {
  if (customers.length === 0) return rm(path, { force: true });
  await writeFileDurably(path, JSON.stringify({ version: 1, customers }));
}
