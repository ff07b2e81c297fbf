import { hkdfSync, randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import { SerialQueue } from '../../base/keyed-queue.ts';
import { type SealedBox, sealedBox } from '../../base/sealed-box.ts';
import { OssError } from '../../contract/errors.ts';
import type { DraftView } from '../../contract/ipc/drafts.ts';
import { type Draft, draftSchema } from '../../contract/model/draft.ts';
import { fullNameOf } from '../../contract/model/person-name.ts';
import { type DraftRecords, type SealedDraft, transientDrafts } from './draft-records.ts';

export interface DraftsOptions {
  /** From one start to the next. */
  readonly records: DraftRecords;
  /** Undefined while no secret store is open: then drafts are kept until the station closes. */
  key(): Promise<Uint8Array | undefined>;
  /** The retention rule for people who are not customers of the day: days, 0 keeps drafts in memory only. */
  days(): number;
  now(): Date;
}

interface Store {
  readonly records: DraftRecords;
  readonly box: SealedBox;
}

const DAY = 86_400_000;
const KEY_BYTES = 32;
/** The oldest goes for a new one: a list that nobody tidies does not grow for ever. */
const MOST = 50;

/** What clerks prepare, sealed at rest, removed by the rule that remembered signers are removed by. */
export class Drafts {
  readonly #options: DraftsOptions;
  readonly #transient: Store = { records: transientDrafts(), box: sealedBox(randomBytes(KEY_BYTES)) };
  readonly #queue = new SerialQueue();

  constructor(options: DraftsOptions) {
    this.#options = options;
  }

  /** Newest first. */
  list(): Promise<DraftView[]> {
    return this.#inTurn((store) => views(store));
  }

  /** Replaces what was kept under the same id; a draft of nothing is removed. */
  keep(id: string, draft: Draft): Promise<DraftView[]> {
    return this.#inTurn(async (store) => {
      const others = (await store.records.load()).filter((one) => one.id !== id);
      const changedAt = this.#options.now().toISOString();
      const sealed = Buffer.from(
        store.box.seal(Buffer.from(JSON.stringify(draft)), placeOf(id, changedAt)),
      ).toString('base64');
      const kept = isEmpty(draft) ? others : [{ id, changedAt, sealed }, ...others].slice(0, MOST);
      await store.records.save(kept);
      return views(store);
    });
  }

  /** @throws OssError OSS_NOT_FOUND */
  open(id: string): Promise<Draft> {
    return this.#inTurn(async ({ records, box }) => {
      const found = (await records.load()).find((one) => one.id === id);
      const draft = found && openSealed(box, found);
      if (!draft) throw new OssError('OSS_NOT_FOUND');
      return draft;
    });
  }

  remove(id: string): Promise<DraftView[]> {
    return this.#inTurn(async (store) => {
      await store.records.save((await store.records.load()).filter((one) => one.id !== id));
      return views(store);
    });
  }

  /** Deletes what the rule does not allow any more. */
  purge(): Promise<void> {
    return this.#inTurn(async () => undefined);
  }

  #inTurn<T>(act: (store: Store) => Promise<T>): Promise<T> {
    return this.#queue.run(async () => {
      const { records, days, now, key } = this.#options;
      const oldest = now().getTime() - days() * DAY;
      const all = await records.load();
      const allowed = all.filter(({ changedAt }) => days() > 0 && Date.parse(changedAt) > oldest);
      if (allowed.length < all.length) await records.save(allowed);
      const secret = days() > 0 ? await key() : undefined;
      return act(secret ? { records, box: sealedBox(derived(secret)) } : this.#transient);
    });
  }
}

const derived = (key: Uint8Array): Uint8Array =>
  Buffer.from(hkdfSync('sha256', key, '', 'drafts', KEY_BYTES));

const placeOf = (id: string, changedAt: string): string => `${id} ${changedAt}`;

/** Undefined for what was sealed under another key or has been changed since. */
function openSealed(box: SealedBox, { id, changedAt, sealed }: SealedDraft): Draft | undefined {
  try {
    const plain = box.open(Buffer.from(sealed, 'base64'), placeOf(id, changedAt));
    return draftSchema.parse(JSON.parse(Buffer.from(plain).toString('utf8')));
  } catch {
    return undefined;
  }
}

async function views({ records, box }: Store): Promise<DraftView[]> {
  return (await records.load()).flatMap((kept) => {
    const draft = openSealed(box, kept);
    if (!draft) return [];
    const documents = draft.documents.map(({ path }) => basename(path));
    return [{ id: kept.id, changedAt: kept.changedAt, signer: fullNameOf(draft.form ?? {}), documents }];
  });
}

function isEmpty({ documents, form }: Draft): boolean {
  if (documents.length > 0) return false;
  if (form === undefined) return true;
  // Languages, countries and types of documents are chosen from the beginning.
  const { language: _, idDocument, ...typed } = form;
  return [...Object.values(typed), idDocument.number].every((text = '') => text.trim() === '');
}
