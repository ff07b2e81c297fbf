import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { visibleSignatureSchema } from '../../contract/model/appearance.ts';
import type { ImportedDocument, SignatureOptions, Transaction } from '../../contract/model/transaction.ts';
import type { PlacementForm, RefusalDetails } from '../../contract/optimizer-api/index.ts';
import { slotOf } from '../../optimizer/index.ts';
import type { DocumentRecord } from '../store/records.ts';
import type { ApiCore } from './api-core.ts';
import { Refusal } from './refusal.ts';
import type { SignatureStyle } from './signature-style.ts';

/** How the documents of a request are to look, as a client said it. */
export interface Looks {
  /** By uid; documents without an entry are signed invisibly. */
  readonly placements: ReadonlyMap<string, PlacementForm>;
  readonly style: SignatureStyle;
}

/** A page or a picture counts as missing with the responses that clients know, one per document. */
class Complaints {
  readonly #byUid = new Map<string, string>();
  #status = 400;

  add(uid: string, sentence: string, status = 400): void {
    if (this.#byUid.has(uid)) return;
    this.#byUid.set(uid, sentence);
    this.#status = status;
  }

  throwIfAny(): void {
    if (this.#byUid.size === 0) return;
    const response: RefusalDetails = Object.fromEntries(this.#byUid);
    throw new Refusal(this.#status, response);
  }
}

/**
 * The look of each signature in the order of the transaction's documents.
 * @throws Refusal 400 or 404 with one sentence for each document that is concerned
 */
export async function signatureOptionsOf(
  core: ApiCore,
  transaction: Transaction,
  records: readonly DocumentRecord[],
  { placements, style }: Looks,
): Promise<SignatureOptions[]> {
  const bySlot = new Map(records.map((record) => [record.slot, record]));
  const complaints = new Complaints();
  const options: SignatureOptions[] = [];
  for (const [index, document] of transaction.documents.entries()) {
    const uid = bySlot.get(slotOf(document, index))?.uid ?? '';
    const placement = placements.get(uid);
    const visible =
      placement === undefined ? undefined : await visibleOf(core, uid, document, placement, complaints);
    // What goes into the journal must be readable from it again.
    const complete = visibleSignatureSchema.optional().safeParse(visible && { ...visible, ...style });
    if (!complete.success)
      complaints.add(uid, `Invalid signature for file ${uid}: ${z.prettifyError(complete.error)}`);
    options.push(complete.data === undefined ? {} : { visible: complete.data });
  }
  complaints.throwIfAny();
  return options;
}

async function visibleOf(
  core: ApiCore,
  uid: string,
  document: ImportedDocument,
  { position, page, image }: PlacementForm,
  complaints: Complaints,
): Promise<SignatureOptions['visible']> {
  const rectangle = position === undefined ? undefined : rectangleOf(position);
  if (position === undefined) complaints.add(uid, `Missing required parameter 'position' for file ${uid}`);
  else if (!rectangle)
    complaints.add(uid, `Invalid parameter 'position' for file ${uid}: x1,y1,x2,y2 is needed`);
  if (page === undefined) complaints.add(uid, `Missing required parameter 'page' for file ${uid}`);
  else if (page < -1 || page >= document.pages) {
    complaints.add(
      uid,
      `Invalid parameter 'page' for file ${uid}: it has ${document.pages} pages, counted from 0`,
    );
  }
  const png = image === undefined || image === '' ? undefined : await pictureOf(core, image);
  if (image && png === undefined)
    complaints.add(uid, `The image ${image.slice(0, 64)} cannot be found on disk`, 404);
  if (!rectangle || page === undefined) return undefined;
  return {
    page: page === -1 ? document.pages : page + 1,
    rectangle,
    ...(png === undefined ? {} : { png }),
  };
}

/** Four numbers with or without spaces, from any corner to the opposite one. */
function rectangleOf(position: string): { x1: number; y1: number; x2: number; y2: number } | undefined {
  const numbers = position.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [a = 0, b = 0, c = 0, d = 0] = numbers;
  if (numbers.length !== 4 || !numbers.every(Number.isFinite)) return undefined;
  return { x1: Math.min(a, c), y1: Math.min(b, d), x2: Math.max(a, c), y2: Math.max(b, d) };
}

const PNG_IN_BASE64 = /^(?:data:image\/png;base64,)?(iVBORw0KGgo[A-Za-z0-9+/]*={0,2})$/;

/** An uploaded picture by its uid, or the picture itself. @returns base64 */
async function pictureOf({ records, files }: ApiCore, image: string): Promise<string | undefined> {
  const inline = PNG_IN_BASE64.exec(image.replace(/\s/g, ''))?.[1];
  if (inline !== undefined) return inline;
  const record = records.images.get(image);
  return record && (await readFile(files.imagePath(record.uid))).toString('base64');
}
