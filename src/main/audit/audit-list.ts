import { open } from 'node:fs/promises';
import { z } from 'zod';
import { readIfPresent, readTextIfPresent, writeWhole } from '../../base/durable-file.ts';
import { BEFORE_FIRST, type ChainEnd, hashChain } from '../../base/hash-chain.ts';
import { SerialQueue } from '../../base/keyed-queue.ts';
import { shownJson } from '../../base/untrusted-text.ts';
import { writeFailure } from '../../contract/errors.ts';
import { type AuditChain, type AuditEntry, auditEntrySchema } from '../../contract/ipc/admin/audit.ts';
import type { SecretStore } from '../secrets/port.ts';

/** What is told to the list; it adds when, which account, and the chain. */
export type AuditNote = Pick<AuditEntry, 'role' | 'action' | 'subject' | 'before' | 'after'>;

export interface AuditListOptions {
  readonly path: string;
  /** Account of the operating system under which the station runs. */
  readonly account: string;
  /** Remembers where the list ends; undefined while secrets are locked. */
  readonly secrets: () => Promise<SecretStore | undefined>;
  readonly now?: () => Date;
}

const MAX_VALUE_LENGTH = 300;

const endSchema = z.strictObject({ sequence: z.number().int().nonnegative(), hash: z.string() });

type UnhashedEntry = Omit<AuditEntry, 'hash'> & { readonly hash?: string };

/** The hash goes over the JSON of the line without its own hash, in the order in which it is written. */
const CHAIN = hashChain<UnhashedEntry>({
  text: ({ hash: _, ...hashed }) => JSON.stringify(hashed),
  sequence: ({ sequence }) => sequence,
  previous: ({ previous }) => previous,
});

/**
 * Every change of the station's settings and every entry into the administration: one JSON line each, only ever
 * appended, each with the hash of the one before. A line that was changed, removed or put in breaks the chain;
 * an end that was cut off is noticed because the secret store remembers it.
 */
export class AuditList {
  readonly #options: AuditListOptions;
  readonly #now: () => Date;
  readonly #queue = new SerialQueue();

  constructor(options: AuditListOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  /** On the disk when it returns, so that what it announces may be done. */
  append(...notes: readonly AuditNote[]): Promise<void> {
    return this.#queue.run(() => this.#write(notes));
  }

  async read(): Promise<{ readonly entries: readonly AuditEntry[]; readonly chain: AuditChain }> {
    await this.#queue.settled();
    const { lines } = await this.#complete();
    const entries: AuditEntry[] = [];
    let end = BEFORE_FIRST;
    let brokenAt: number | undefined;
    for (const [index, line] of lines.entries()) {
      const entry = parseLine(line);
      if (entry) entries.push(entry);
      if (!entry || !CHAIN.follows(entry, entry.hash, end)) brokenAt ??= index + 1;
      end = { sequence: index + 1, hash: entry?.hash ?? '' };
    }
    if (brokenAt !== undefined)
      return { entries, chain: { outcome: 'broken', entries: lines.length, brokenAt } };
    const outcome = reaches(entries, await this.#rememberedEnd()) ? 'intact' : 'truncated';
    return { entries, chain: { outcome, entries: entries.length } };
  }

  /** The file as it is. */
  async bytes(): Promise<Buffer> {
    await this.#queue.settled();
    return (await readIfPresent(this.#options.path)) ?? Buffer.alloc(0);
  }

  async #write(notes: readonly AuditNote[]): Promise<void> {
    const { lines, bytes } = await this.#complete();
    const last = parseLine(lines.at(-1) ?? '');
    let end: ChainEnd = { sequence: lines.length, hash: last?.hash ?? BEFORE_FIRST.hash };
    let text = '';
    for (const { role, action, subject, before, after } of notes) {
      const entry = {
        sequence: end.sequence + 1,
        at: this.#now().toISOString(),
        role,
        account: this.#options.account,
        action,
        ...(subject !== undefined && { subject }),
        ...(before !== undefined && { before: before.slice(0, MAX_VALUE_LENGTH) }),
        ...(after !== undefined && { after: after.slice(0, MAX_VALUE_LENGTH) }),
        previous: end.hash,
      };
      const hash = CHAIN.hashOf(entry);
      text += `${shownJson(JSON.stringify({ ...entry, hash }))}\n`;
      end = { sequence: entry.sequence, hash };
    }
    const file = await open(this.#options.path, 'a', 0o600);
    try {
      await file.truncate(bytes);
      try {
        await writeWhole(file, Buffer.from(text), bytes);
        await file.datasync();
      } catch (cause) {
        await file.truncate(bytes).catch(() => undefined);
        throw writeFailure(cause);
      }
    } finally {
      await file.close();
    }
    await (await this.#options.secrets())?.write('audit-end', JSON.stringify(end));
  }

  /** What stands behind the last line break was torn by a crash: what it announced had not begun. */
  async #complete(): Promise<{ readonly lines: readonly string[]; readonly bytes: number }> {
    const all = (await readTextIfPresent(this.#options.path)) ?? '';
    const text = all.slice(0, all.lastIndexOf('\n') + 1);
    return { lines: text.split('\n').slice(0, -1), bytes: Buffer.byteLength(text) };
  }

  /** May be behind the file, after a crash or while secrets were locked; never before it. */
  async #rememberedEnd(): Promise<ChainEnd | undefined> {
    const stored = await (await this.#options.secrets())?.read('audit-end');
    return stored === undefined ? undefined : endSchema.parse(JSON.parse(stored));
  }
}

/** Keeps the order of the line's own keys, because the hash goes over them. */
function parseLine(line: string): AuditEntry | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return auditEntrySchema.safeParse(value).success ? (value as AuditEntry) : undefined;
  } catch {
    return undefined; // Somebody wrote into it: the chain says so.
  }
}

const reaches = (entries: readonly AuditEntry[], end: ChainEnd | undefined): boolean =>
  end === undefined || end.sequence === 0 || entries[end.sequence - 1]?.hash === end.hash;
