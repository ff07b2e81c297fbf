import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Identity, identitySchema } from '../../contract/model/identity.ts';
import type { SecretName, SecretStore } from '../secrets/port.ts';
import { customerFile, customersKey } from './customer-records.ts';
import { type CustomerEvent, ReturningCustomers } from './returning-customers.ts';

const maria: Identity = identitySchema.parse({
  givenName: 'María José',
  surname1: 'García',
  idDocument: { type: 'IDC', country: 'ES', number: '12345678Z' },
  email: 'maria@example.es',
  mobilePhone: '+34600111222',
  language: 'es',
});

function secretsInMemory(): SecretStore {
  const kept = new Map<SecretName, string>();
  return {
    keptIn: 'keychain',
    read: async (name) => kept.get(name),
    write: async (name, secret) => void kept.set(name, secret),
    remove: async (name) => void kept.delete(name),
  };
}

describe('returning customers', () => {
  let folder: string;
  let secrets: SecretStore;
  let now: Date;
  let days: number;
  let events: CustomerEvent[];

  const path = () => join(folder, 'customers.json');
  const desk = (...given: [] | [undefined]) => {
    const store = given.length === 0 ? secrets : undefined;
    return new ReturningCustomers({
      records: customerFile(path()),
      key: async () => store && customersKey(store),
      days: () => days,
      now: () => now,
      audit: (event) => {
        events.push(event);
      },
    });
  };
  const laterBy = (passed: number) => {
    now = new Date(now.getTime() + passed * 86_400_000);
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'customers-'));
    secrets = secretsInMemory();
    now = new Date('2026-11-25T09:00:00Z');
    days = 30;
    events = [];
  });

  it('are known by type, country and number of the id document together', async () => {
    await desk().remember(maria);
    expect(await desk().find(maria.idDocument)).toEqual({
      name: 'María José García',
      lastSeen: '2026-11-25T09:00:00.000Z',
      maskedPhone: '+34•••••••22',
    });
    expect(await desk().use(maria.idDocument)).toEqual(maria);
    for (const other of [{ type: 'PAS' }, { country: 'PT' }, { number: '12345678X' }] as const)
      expect(await desk().find({ ...maria.idDocument, ...other })).toBeUndefined();
  });

  it('leave nothing readable on the disk', async () => {
    await desk().remember(maria);
    const text = await readFile(path(), 'utf8');
    const decoded = Buffer.from(text.replace(/[^A-Za-z0-9+/]/g, ''), 'base64').toString('latin1');
    for (const secret of ['Garc', '12345678Z', 'maria@', '600111222']) {
      expect(text).not.toContain(secret);
      expect(decoded).not.toContain(secret);
    }
    expect((await stat(path())).mode & 0o077).toBe(0);
  });

  it('are forgotten when their days are over, on the disk too, and the audit list says so', async () => {
    const customers = desk();
    await customers.remember(maria);
    laterBy(29.9);
    expect(await customers.find(maria.idDocument)).toBeDefined();
    laterBy(0.2);
    await customers.purge();
    await expect(stat(path())).rejects.toThrow('ENOENT');
    expect(events).toEqual([{ kind: 'customer-remembered' }, { kind: 'customers-purged', count: 1 }]);
  });

  it('count their days from the last signature', async () => {
    await desk().remember(maria);
    laterBy(20);
    await desk().remember({ ...maria, email: 'new@example.es' });
    laterBy(20);
    expect((await desk().use(maria.idDocument))?.email).toBe('new@example.es');
  });

  it('do not exist where the rule says 0 days, not even those of before', async () => {
    await desk().remember(maria);
    days = 0;
    expect(await desk().find(maria.idDocument)).toBeUndefined();
    await desk().remember(maria);
    await expect(stat(path())).rejects.toThrow('ENOENT');
  });

  it('put every use into the audit list, without a name', async () => {
    await desk().remember(maria);
    await desk().find(maria.idDocument);
    await desk().use(maria.idDocument);
    expect(events.map(({ kind }) => kind)).toEqual(['customer-remembered', 'customer-data-used']);
    expect(JSON.stringify(events)).not.toContain('Garc');
  });

  it('are not offered from a file that somebody changed or that has another key', async () => {
    await desk().remember(maria);
    const file = JSON.parse(await readFile(path(), 'utf8'));
    file.customers[0].seenAt = '2026-11-25T09:30:00.000Z';
    await writeFile(path(), JSON.stringify(file));
    expect(await desk().find(maria.idDocument)).toBeUndefined();
    await desk().remember(maria);
    await secrets.remove('customers-key');
    expect(await desk().find(maria.idDocument)).toBeUndefined();
    await writeFile(path(), 'not JSON');
    expect(await desk().find(maria.idDocument)).toBeUndefined();
  });

  it('are remembered until the station closes where no secret store is open', async () => {
    await desk().remember(maria);
    const today = desk(undefined);
    expect(await today.find(maria.idDocument)).toBeUndefined();
    await today.remember(maria);
    expect(await today.find(maria.idDocument)).toBeDefined();
    expect(await desk(undefined).find(maria.idDocument)).toBeUndefined();
  });

  it('are deleted in time although nobody opens the secret store', async () => {
    await desk().remember(maria);
    laterBy(31);
    await desk(undefined).purge();
    await expect(stat(path())).rejects.toThrow('ENOENT');
  });
});
