import { createHash } from 'node:crypto';
import { appendFile, mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identitySchema } from '../../contract/model/identity.ts';
import type { TransactionEvent } from './events.ts';
import { Journal } from './journal.ts';

const now = () => new Date('2026-01-31T10:20:30.456Z');

const created: TransactionEvent = {
  type: 'created',
  id: 'tx_0123456789abcdef01234567',
  profile: 'single-use-p256',
  registrationAuthority: '1000',
  level: 'B-T',
  identity: identitySchema.parse({
    givenName: 'Ada',
    surname1: 'Lovelace',
    idDocument: { type: 'PAS', country: 'GB', number: '533401372' },
    email: 'ada@example.com',
    mobilePhone: '+34600111222',
  }),
  documents: [
    {
      name: 'a.pdf',
      sourcePath: '/documents/a.pdf',
      bytes: 10,
      sha256: `${'A'.repeat(43)}=`,
      pages: 1,
      earlierSignatures: 0,
      notes: [],
      options: {},
    },
  ],
};
const registering: TransactionEvent = { type: 'registering', idempotencyKey: 'k'.repeat(32) };
const registered: TransactionEvent = {
  type: 'registered',
  registration: {
    requestId: 'req_0123456789abcdef',
    expiresAt: '2026-01-31T10:50:30Z',
    maskedPhone: '+44••••23',
    contractSha256: 'ab',
  },
};

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'));
  path = join(folder, 'journal.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

async function write(...events: TransactionEvent[]): Promise<void> {
  const journal = await Journal.create(path, now);
  for (const event of events) await journal.append(event);
}

async function stateOnDisk(): Promise<string> {
  const journal = await Journal.open(path, now);
  return journal.transaction.state;
}

describe('the journal of a transaction', () => {
  it('gives back after a restart what was written before it', async () => {
    await write(created, registering, registered);
    const journal = await Journal.open(path, now);
    expect(journal.transaction).toMatchObject({
      state: 'registered',
      registrationKey: 'k'.repeat(32),
      createdAt: '2026-01-31T10:20:30.456Z',
    });
  });

  it('drops a line that a crash tore, wherever it was torn, and goes on after the last whole one', async () => {
    await write(created, registering);
    const whole = await readFile(path);
    const lastLine = whole.lastIndexOf(0x0a, whole.length - 2) + 1;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: lastLine + 1, max: whole.length - 1 }), async (length) => {
        await writeFile(path, whole);
        await truncate(path, length);
        const journal = await Journal.open(path, now);
        expect(journal.transaction.registrationKey).toBeUndefined();
        await journal.append(registering);
        expect(await readFile(path)).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });

  it('refuses a record that was altered in the middle', async () => {
    await write(created, registering, registered);
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('"k', '"j'));
    await expect(Journal.open(path, now)).rejects.toMatchObject({ code: 'OSS_JOURNAL_DAMAGED' });
  });

  it('refuses garbage behind a whole line only when more follows it', async () => {
    await write(created);
    await appendFile(path, 'garbage\n');
    expect(await stateOnDisk()).toBe('created');
  });

  const line = (entry: unknown): string => {
    const json = JSON.stringify(entry);
    return `${createHash('sha256').update(json).digest('hex').slice(0, 16)} ${json}\n`;
  };
  const at = '2026-02-01T00:00:00.000Z';

  it.each([
    [
      'an event that it does not know',
      { at, event: { type: 'notarised', by: 'x' } },
      'unknown at event.type',
    ],
    ['a field that it does not know', { at, event: { ...registering, hint: 'x' } }, 'unknown at event'],
    ['a field beside the event', { at, event: registering, station: 'x' }, 'not an event'],
    [
      'an event that its rules do not allow there',
      { at, event: { type: 'signed' } },
      'signed is not possible there',
    ],
    ['a later form', { version: 2, at, event: registering }, 'written in form 2 of a later version'],
    ['something else', 'text', 'not an event'],
  ])('refuses a whole last line with %s, and leaves it as it is', async (_, entry, why) => {
    await write(created, registering);
    await appendFile(path, line(entry));
    const before = await readFile(path);
    await expect(Journal.open(path, now)).rejects.toMatchObject({
      code: 'OSS_JOURNAL_UNKNOWN',
      details: { reason: `line 3: ${why}` },
    });
    expect(await readFile(path)).toEqual(before);
  });

  it('leaves every whole line with the right checksum as it is, whatever it says', async () => {
    await write(created);
    const whole = await readFile(path, 'utf8');
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        await writeFile(path, whole + line({ at, event: value }));
        await Journal.open(path, now).catch(() => undefined);
        expect((await readFile(path, 'utf8')).startsWith(whole + line({ at, event: value }))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('does not take a journal that cannot be opened for one that is not there', async () => {
    await mkdir(path);
    await expect(Journal.open(path, now)).rejects.not.toMatchObject({ code: 'OSS_TRANSACTION_NOT_FOUND' });
  });

  it('refuses an event that the state does not allow, and writes nothing', async () => {
    const journal = await Journal.create(path, now);
    await journal.append(created);
    const before = await readFile(path);
    await expect(journal.append({ type: 'signed' })).rejects.toMatchObject({ code: 'OSS_TRANSACTION_STATE' });
    expect(await readFile(path)).toEqual(before);
  });

  it('writes only what it can read again, and remembers what a reader will have', async () => {
    const step = fc.record({
      event: fc.constantFrom(created, registering, registered),
      member: fc.constantFrom(
        'colour',
        'identity',
        'documents',
        'idempotencyKey',
        'registration',
        'type',
        'level',
      ),
      value: fc.option(fc.jsonValue(), { nil: undefined }),
      within: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 3 }), async (steps) => {
        await rm(path, { force: true });
        const journal = await Journal.create(path, now);
        const events = steps.map(({ event, member, value, within }) =>
          within && event === created
            ? { ...created, documents: [{ ...created.documents[0], options: { [member]: value } }] }
            : { ...event, [member]: value },
        );
        await journal.append(created);
        for (const event of events) {
          const before = await readFile(path);
          await journal.append(event as TransactionEvent).catch(async ({ code }: { code: string }) => {
            expect(['OSS_REQUEST_INVALID', 'OSS_TRANSACTION_STATE', 'OSS_JOURNAL_DAMAGED']).toContain(code);
            expect(await readFile(path)).toEqual(before);
          });
        }
        const again = await Journal.open(path, now);
        expect(again.transaction).toStrictEqual(journal.transaction);
      }),
      { numRuns: 100 },
    );
  });

  it('names the field that no reader would take, without its value', async () => {
    const journal = await Journal.create(path, now);
    const [document] = created.documents;
    const painted = { ...created, documents: [{ ...document, options: { colour: 'secret' } }] };
    const refusal = await journal.append(painted as TransactionEvent).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'OSS_REQUEST_INVALID' });
    expect(String((refusal as { details: { fields: string[] } }).details.fields)).toMatch(
      /event\.documents\.0\.options: .*colour/,
    );
    expect(JSON.stringify(refusal)).not.toContain('secret');
  });

  it('says that there is no such transaction where there is no journal', async () => {
    await expect(Journal.open(path, now)).rejects.toMatchObject({ code: 'OSS_TRANSACTION_NOT_FOUND' });
  });
});
