/** A signature that was added after the one in question: whether it may be there, and whether it may look so. */
import type { PdfDocument } from '../read/document.ts';
import {
  dictionaryOf,
  EMPTY_DICTIONARY,
  entryOf,
  NULL,
  nameOf,
  type PdfDictionary,
} from '../syntax/values.ts';
import { isHidden } from './annotation-effect.ts';
import type { FoundChange } from './change-list.ts';
import { type Comparison, doubtful, fillingIn, type Judged } from './comparison.ts';
import { coveredBy } from './covered-content.ts';
import { objectVersion, readable } from './object-version.ts';
import { type FieldPlace, isNewlySigned } from './signed-fields.ts';
import type { Structure } from './structure.ts';

/** Entries of a field and its widget from which no viewer draws, and which do nothing (tables 166, 190, 226, 235). */
const SILENT_KEYS: ReadonlySet<string> = new Set([
  ...['Type', 'Subtype', 'FT', 'T', 'TU', 'TM', 'Ff', 'F', 'Rect', 'P', 'Parent', 'Kids', 'V', 'M', 'NM'],
  ...['Lock', 'SV', 'DA', 'DR', 'Q', 'Contents', 'StructParent', 'Lang'],
]);

/** Of each comparison what is known of its fields: a field consists of many objects, and is the same change for all. */
const known = new WeakMap<Comparison, Map<string, Promise<FoundChange>>>();

/** The change that a new signature field is, with a signature in it or without one. */
export function addedSignatureField(comparison: Comparison, field: string): Promise<FoundChange> {
  const changes = known.get(comparison) ?? new Map<string, Promise<FoundChange>>();
  known.set(comparison, changes);
  const isSignature = isNewlySigned(comparison.fields, field);
  const change =
    changes.get(field) ??
    (isSignature ? addedSignature(comparison, field) : addedEmptyField(comparison, field));
  changes.set(field, change);
  return change;
}

async function addedSignature(comparison: Comparison, field: string): Promise<FoundChange> {
  const { after, fields, rules, own } = comparison;
  const state = fields.after.get(field);
  const page = state?.places[0]?.page;
  if (own.copied.has(field)) return { kind: 'signatureCopied', outcome: 'forbidden', field, page };
  const signature = dictionaryOf(state?.value ?? { kind: 'null' }) ?? EMPTY_DICTIONARY;
  const isTimestamp = nameOf(await after.lookup(signature, 'SubFilter')) === 'ETSI.RFC3161';
  const kind = isTimestamp ? 'documentTimestampAdded' : 'signatureAdded';
  const isOwn = own.verified.has(field) && !state?.isRepeated;
  const isSeen = isOwn ? page !== undefined : await isMarked(comparison, field);
  // No certification and no lock is about document time stamps (ISO 32000-2 table 257).
  const judged: Judged = isTimestamp && !isSeen ? { outcome: 'allowed' } : fillingIn(rules, field);
  if (judged.outcome !== 'allowed' || !isSeen) return { kind, field, page, ...judged };
  const look = isOwn
    ? await judgedLook(comparison, field, state?.places ?? [])
    : await judgedMark(comparison, state?.places ?? []);
  return { kind, field, page, ...look };
}

/** A signature field that nobody has signed yet. */
async function addedEmptyField(comparison: Comparison, field: string): Promise<FoundChange> {
  const state = comparison.fields.after.get(field);
  const places = state?.places ?? [];
  // Something else than a signature stands where one belongs.
  const isEmpty = state?.value.kind === 'null';
  const judged = doubtful(comparison.rules);
  const change = { kind: 'fieldAdded', field, page: places[0]?.page } as const;
  if (judged.outcome === 'forbidden') return { ...change, ...judged };
  if (isEmpty && !(await isMarked(comparison, field))) return { ...change, outcome: 'allowed' };
  return { ...change, ...(await judgedMark(comparison, places)) };
}

/** What draws without a signature behind it: nobody answers for it, wherever it is. */
async function judgedMark(comparison: Comparison, places: readonly FieldPlace[]): Promise<Judged> {
  const { docMdp } = comparison.rules;
  if (docMdp === 1 || docMdp === 2) return { outcome: 'forbidden', reason: 'visibleAfterCertification' };
  const covered = await coveredBy(comparison, places);
  return {
    outcome: 'suspicious',
    reason: covered === undefined || covered === 'earlierSignature' ? 'notVerified' : 'coversSignedContent',
  };
}

/** Whether a field without a signature of its own puts anything on a page. */
async function isMarked({ after, afterParts }: Comparison, field: string): Promise<boolean> {
  for (const object of afterParts.fieldObjects.get(field) ?? []) {
    if (!afterParts.annotationPages.has(object)) continue;
    const dictionary = dictionaryOf((await objectVersion(after, object)).value);
    if (!dictionary) return true;
    const loud = [...dictionary.entries.keys()].filter((key) => !SILENT_KEYS.has(key));
    const isSilent =
      (loud.length === 0 || (loud.join() === 'AP' && (await isBlank(after, dictionary)))) &&
      (await isWidgetOf(after, afterParts, field, dictionary));
    if (!isSilent && !(await isHidden(after, dictionary))) return true;
  }
  return false;
}

/** One appearance, with nothing in it: PDF/A-1 asks for it also where a field shows nothing (ISO 19005-1 §6.9). */
async function isBlank(document: PdfDocument, widget: PdfDictionary): Promise<boolean> {
  const appearances = dictionaryOf((await readable(document.lookup(widget, 'AP'))) ?? NULL);
  if (!appearances || [...appearances.entries.keys()].join() !== 'N') return false;
  const reference = entryOf(appearances, 'N');
  if (reference.kind !== 'reference') return false;
  const look = (await objectVersion(document, reference.number)).value;
  if (look.kind !== 'stream') return false;
  const data = await readable(document.streamData(reference, look));
  return data?.every((octet) => WHITE_SPACE.has(octet)) ?? false;
}

/** §7.2.3. */
const WHITE_SPACE: ReadonlySet<number> = new Set([0, 9, 10, 12, 13, 32]);

/**
 * A viewer goes by the type of the annotation, and by the field that the widget names as its parent: neither may be
 * another one than that of the field in question.
 */
async function isWidgetOf(
  after: PdfDocument,
  { fields }: Structure,
  field: string,
  widget: PdfDictionary,
): Promise<boolean> {
  if (nameOf((await readable(after.lookup(widget, 'Subtype'))) ?? NULL) !== 'Widget') return false;
  const parent = entryOf(widget, 'Parent');
  if (parent.kind === 'null') return true;
  const above = parent.kind === 'reference' ? fields.get(parent.number) : undefined;
  return (
    above !== undefined &&
    (above.type === 'Sig' || above.type === undefined) &&
    (above.field === field || field.startsWith(`${above.field}.`))
  );
}

/** Its author chose where an existing field shows; where a new one shows was chosen after signing. */
async function judgedLook(
  comparison: Comparison,
  field: string,
  places: readonly FieldPlace[],
): Promise<Judged> {
  const { fields, rules } = comparison;
  if (fields.before.has(field)) return { outcome: 'allowed' };
  if (rules.docMdp !== undefined) {
    return {
      outcome: rules.docMdp === 3 ? 'suspicious' : 'forbidden',
      reason: 'visibleAfterCertification',
    };
  }
  const covered = await coveredBy(comparison, places);
  // The earlier signature itself is listed and judged whatever lies over its mark; what else was signed is not.
  if (covered === 'earlierSignature') return { outcome: 'allowed', reason: 'coversEarlierSignature' };
  // In a scan nothing can be told apart: the mark is named, or nobody could sign a scan twice.
  if (covered === 'picture') return { outcome: 'allowed', reason: 'coversPicture' };
  return covered ? { outcome: 'suspicious', reason: 'coversSignedContent' } : { outcome: 'allowed' };
}
