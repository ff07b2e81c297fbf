import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { SecretStore } from '../secrets/port.ts';
import { CUSTOMERS_KEY_BYTES, type SealedCustomer, sealedCustomerSchema } from './sealed-customers.ts';

/** Where remembered signers are kept, and the key under which they are sealed. */
export interface CustomerMemory {
  readonly key: Uint8Array;
  load(): Promise<SealedCustomer[]>;
  save(customers: readonly SealedCustomer[]): Promise<void>;
}

const fileSchema = z.strictObject({ version: z.literal(1), customers: z.array(sealedCustomerSchema) });

/**
 * A file whose key is in the secret store. Where the computer has none that keeps a key, nothing is written:
 * signers are remembered until the station closes.
 */
export async function openCustomerMemory(
  path: string,
  secrets: SecretStore | undefined,
): Promise<CustomerMemory> {
  if (!secrets) {
    await rm(path, { force: true }); // of a time when there was a key: nobody can read it any more
    return inMemory();
  }
  const kept = await secrets.read('customers-key');
  const key = kept === undefined ? randomBytes(CUSTOMERS_KEY_BYTES) : Buffer.from(kept, 'base64');
  if (kept === undefined) await secrets.write('customers-key', key.toString('base64'));
  return { key, load: () => read(path), save: (customers) => write(path, customers) };
}

function inMemory(): CustomerMemory {
  let kept: readonly SealedCustomer[] = [];
  return {
    key: randomBytes(CUSTOMERS_KEY_BYTES),
    load: async () => [...kept],
    save: async (customers) => {
      kept = customers;
    },
  };
}

/** A file that is not as it was written holds nobody: what it would say could not be trusted. */
async function read(path: string): Promise<SealedCustomer[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return [];
  try {
    return fileSchema.parse(JSON.parse(text)).customers;
  } catch {
    return [];
  }
}

async function write(path: string, customers: readonly SealedCustomer[]): Promise<void> {
  if (customers.length === 0) return rm(path, { force: true });
  await writeFile(`${path}.partial`, JSON.stringify({ version: 1, customers }), { mode: 0o600, flush: true });
  await rename(`${path}.partial`, path);
}
