/** What ten years leave in the directory of an Optimizer: written here without waiting for the disk. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, type JsonObject } from '../../src/base/canonical-json.ts';
import { CHAIN_START } from '../../src/base/hash-chain.ts';
import type { EvidenceRecord } from '../../src/contract/model/evidence.ts';
import { hashOfRecord } from '../../src/optimizer/index.ts';
import { ApiFiles } from '../../src/optimizer-api/store/api-files.ts';
import { RecordStore } from '../../src/optimizer-api/store/record-store.ts';
import { openCallbackQueue, openRecords } from '../../src/optimizer-api/store/records.ts';

const HOUR_MS = 3_600_000;
const STATION = 'a'.repeat(32);

export const idOf = (number: number): string => `tx_${String(number).padStart(24, '0')}`;
const timeOf = (number: number): string => new Date(Date.UTC(2016, 0, 1) + number * HOUR_MS).toISOString();

export async function leave(directory: string, count: number): Promise<void> {
  mkdirSync(join(directory, 'evidence'), { recursive: true });
  let previousHash = CHAIN_START;
  for (let number = 0; number < count; number += 1) {
    const record = recordOf(number, previousHash);
    previousHash = hashOfRecord(record);
    leaveJournal(directory, number, previousHash);
    const name = `${String(number + 1).padStart(10, '0')}.json`;
    const sealed = { record, hash: previousHash } as unknown as JsonObject;
    writeFileSync(join(directory, 'evidence', name), `${canonicalJson(sealed)}\n`);
  }
  const head = { station: STATION, sequence: count, hash: previousHash };
  writeFileSync(join(directory, 'evidence', 'head.json'), `${canonicalJson(head)}\n`);
  await leaveRequests(directory, count);
}

function line(at: string, event: unknown): string {
  const json = JSON.stringify({ at, event });
  return `${createHash('sha256').update(json).digest('hex').slice(0, 16)} ${json}\n`;
}

const IDENTITY = {
  givenName: 'Ada',
  surname1: 'Lovelace',
  idDocument: { type: 'PAS', country: 'GB', number: '533401372' },
  email: 'ada@example.com',
  mobilePhone: '+34600111222',
  language: 'en',
} as const;

function leaveJournal(directory: string, number: number, hash: string): void {
  const id = idOf(number);
  const at = timeOf(number);
  const folder = join(directory, 'transactions', id);
  mkdirSync(folder, { recursive: true });
  const created = {
    type: 'created',
    id,
    profile: 'single-use-p256',
    registrationAuthority: '1000',
    level: 'B-T',
    identity: IDENTITY,
    documents: [],
  };
  const acts = Array.from({ length: 20 }, () =>
    line(at, { type: 'failed', step: 'register', code: 'OSS_SERVICE_UNREACHABLE' }),
  );
  const sealed = { type: 'sealed', sequence: number + 1, hash };
  const lines = [line(at, created), ...acts, line(at, { type: 'cancelled' }), line(at, sealed)];
  writeFileSync(join(folder, 'journal.jsonl'), lines.join(''));
}

function recordOf(number: number, previousHash: string): EvidenceRecord {
  const at = timeOf(number);
  const { idDocument, language } = IDENTITY;
  return {
    format: 'one-shot-evidence-1',
    station: STATION,
    sequence: number + 1,
    previousHash,
    sealedAt: at,
    entries: 22,
    content: {
      kind: 'transaction',
      transaction: idOf(number),
      outcome: 'cancelled',
      createdAt: at,
      endedAt: at,
      registrationAuthority: '1000',
      profile: 'single-use-p256',
      levelAsked: 'B-T',
      signer: { name: 'Ada Lovelace', idDocument, maskedPhone: '+34 *** *** 222', language },
      documents: [],
      codes: [],
      attempts: [],
      sources: [],
      events: [{ at, type: 'created' }, ...Array.from({ length: 20 }, () => ({ at, type: 'failed' }))],
    },
  };
}

/** A request each, and a callback each whose receiver has been away since, behind which another one waits. */
async function leaveRequests(directory: string, count: number): Promise<void> {
  const files = new ApiFiles(directory);
  await files.prepare();
  const store = new RecordStore(files.databasePath);
  const { requests } = openRecords(store, { owner: '' });
  const callbacks = openCallbackQueue(store);
  store.atomically(() => {
    for (let number = 0; number < count; number += 1) {
      const pk = 1_000_000_000 + number;
      requests.put(String(pk), {
        pk,
        dialect: 'classic',
        createdAt: timeOf(number),
        fields: { given_name: 'Ada', surname_1: 'Lovelace', email: 'ada@example.com' },
        scratchcard: '000000000000',
        registrationAuthority: '1000',
        profile: 'single-use-p256',
        acknowledged: true,
        transactionId: idOf(number),
        toldState: 'CANCELLED',
        callback: 'https://away.example.com/',
      });
      const nextAttemptAt = Date.UTC(2100, 0, 1) + number;
      for (const [id, attempts] of [[`first-${pk}`, 3] as const, [`second-${pk}`, 0] as const]) {
        callbacks.put({ id, pk, url: 'https://away.example.com/', body: '{}', attempts, nextAttemptAt });
      }
    }
  });
  store.close();
}
