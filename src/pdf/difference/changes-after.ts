/**
 * What later revisions changed after a signature. Whatever is not known to be permitted is suspicious or forbidden; a
 * verifier rejects by default.
 */
import { OssError } from '../../contract/errors.ts';
import type { Change } from '../../contract/model/verification.ts';
import { PaintedPages } from '../painted/painted-pages.ts';
import type { PdfDocument } from '../read/document.ts';
import type { OwnSignatures } from '../signatures/own-signatures.ts';
import {
  dictionaryOf,
  EMPTY_DICTIONARY,
  entryOf,
  nameOf,
  type PdfDictionary,
  type PdfStream,
  type PdfValue,
} from '../syntax/values.ts';
import { ChangeList } from './change-list.ts';
import { changedObjects } from './changed-objects.ts';
import { type Comparison, doubtful, type OwnSignatureFields, type SignatureRules } from './comparison.ts';
import { isFormerStore } from './former-store.ts';
import { formerUses } from './former-uses.ts';
import { judgeCatalog } from './judge-document.ts';
import { judgeObject } from './judge-object.ts';
import { judgePages } from './judge-page.ts';
import { type ObjectVersion, objectVersion } from './object-version.ts';
import { PresentVersion } from './present-version.ts';
import type { Role } from './roles.ts';
import { fieldStates } from './signed-fields.ts';
import { readStructure } from './structure.ts';
import { isAccountedFor } from './unaccounted-bytes.ts';
import { changedKeys, sameValue } from './value-equality.ts';

/**
 * `revisionEnd`: the first byte that the signature does not cover. `verified`: fields whose signatures verify; without it
 * every signature that stands in the version it closes is believed. The gravest changes come first.
 * @throws OSS_PDF_LIMIT and what opening the present document throws.
 */
export async function changesAfter(
  after: PdfDocument,
  revisionEnd: number,
  rules: SignatureRules = {},
  verified?: ReadonlySet<string>,
): Promise<Change[]> {
  if (revisionEnd === after.size) return [];
  const list = new ChangeList();
  const before = await signedRevision(after, revisionEnd);
  const changed = before && (await changedObjects(before, after));
  if (!before || !changed) {
    list.add({ kind: 'revisionsNotContinued', outcome: 'forbidden' });
    return list.all();
  }
  const beforeParts = await readStructure(before);
  const present = await PresentVersion.of(after);
  const fields = { before: await fieldStates(before, beforeParts), after: present.fields };
  const own = ownFields(present.signatures, verified);
  const painted = new PaintedPages(before);
  const afterParts = present.parts;
  const comparison = { before, after, beforeParts, afterParts, changed, fields, own, painted, rules, list };
  compareTrailers(comparison);
  judgePages(comparison);
  await judgeObjects(comparison, present);
  if (!(await isAccountedFor(after, changed, revisionEnd)))
    list.add({ kind: 'unaccountedBytes', ...doubtful(rules) });
  return list.all();
}

function ownFields(
  { signatures, copies }: OwnSignatures,
  verified: ReadonlySet<string> | undefined,
): OwnSignatureFields {
  const names = signatures.map(({ fieldName }) => fieldName);
  return {
    verified: new Set(names.filter((name) => verified?.has(name) ?? true)),
    copied: new Set(copies.filter(({ wasSigned }) => !wasSigned).map(({ fieldName }) => fieldName)),
  };
}

/** Undefined where what the signature covers is no document. */
async function signedRevision(after: PdfDocument, revisionEnd: number): Promise<PdfDocument | undefined> {
  try {
    return await after.openRevision(revisionEnd);
  } catch (error) {
    if (error instanceof OssError && error.code !== 'OSS_FILE_CHANGED') return undefined;
    throw error;
  }
}

function compareTrailers(comparison: Comparison): void {
  const { before, after, list } = comparison;
  compareCatalogs(comparison);
  const isSame = (key: string): boolean =>
    sameValue(entryOf(before.trailer, key), entryOf(after.trailer, key));
  if (!isSame('Encrypt')) list.add({ kind: 'encryptionChanged', outcome: 'forbidden' });
  if (!isSame('Info')) list.add({ kind: 'documentInformationChanged', outcome: 'allowed' });
}

/**
 * A catalog under a new number is compared like one that was written again. One that lay in the signed part, unused, may
 * lead to a whole other document, of which nothing was added.
 */
function compareCatalogs({ before, after, changed, list }: Comparison): void {
  const { number } = after.catalog.reference;
  if (number === before.catalog.reference.number) return;
  if (!changed.added.has(number) || changed.activated.has(number))
    list.add({ kind: 'catalogReplaced', outcome: 'forbidden' }, number);
}

async function judgeObjects(comparison: Comparison, present: PresentVersion): Promise<void> {
  const { before, after, changed, list } = comparison;
  const numbers = [...changed.added, ...changed.replaced, ...changed.removed];
  const roles = await present.roles(new Set(numbers));
  const former = await formerUses(comparison, roles);
  for (const number of numbers) {
    const [old, current] = [await objectVersion(before, number), await objectVersion(after, number)];
    const versions = { before: old.value, after: current.value };
    if (changed.ambiguous.has(number) || hasRepeatedKeys(current.value))
      list.add({ kind: 'ambiguousObject', outcome: 'suspicious' }, number);
    if (changed.replaced.has(number) && !current.isUnreadable && (await isSame(comparison, versions)))
      continue;
    const uses = roles.get(number) ?? [];
    // The catalog of a version in between, before it came under another number; what it says now is compared elsewhere.
    if (uses.length === 0 && number === before.catalog.reference.number && !current.isUnreadable) {
      if (!changed.removed.has(number)) await judgeCatalog(comparison, number, versions);
    } else if (uses.length === 0) judgeUnused(comparison, number, current, roles);
    for (const role of [...uses, ...(former.get(number) ?? [])])
      await judgeObject(comparison, number, role, versions);
  }
}

/** Streams of the file's own structure are used by no part of the document. */
function judgeUnused(
  { list, changed }: Comparison,
  number: number,
  { value, isUnreadable }: ObjectVersion,
  roles: ReadonlyMap<number, readonly Role[]>,
): void {
  const type = value.kind === 'stream' ? nameOf(entryOf(value.dictionary, 'Type')) : undefined;
  if (type === 'XRef' || type === 'ObjStm') return;
  if (changed.added.has(number) && !isUnreadable && isFormerStore(value, roles))
    list.add({ kind: 'validationDataAdded', outcome: 'allowed' }, number);
  else list.add({ kind: isUnreadable ? 'unreadable' : 'unusedObjectAdded', outcome: 'suspicious' }, number);
}

/** Programs write objects again without changing them; of a stream the data count too. */
async function isSame(
  { before, after }: Comparison,
  versions: { before: PdfValue; after: PdfValue },
): Promise<boolean> {
  const { before: old, after: current } = versions;
  if (sameValue(old, current)) return true;
  if (old.kind !== 'stream' || current.kind !== 'stream') return false;
  if (changedKeys(old.dictionary, current.dictionary).length > 0) return false;
  const [first, second] = [await rawData(before, old), await rawData(after, current)];
  return first !== undefined && second !== undefined && Buffer.compare(first, second) === 0;
}

const LARGEST_COMPARED = 16 * 1024 * 1024;

async function rawData(document: PdfDocument, stream: PdfStream): Promise<Uint8Array | undefined> {
  const length = await document.lookup(stream.dictionary, 'Length');
  if (length.kind !== 'number' || !(length.value >= 0 && length.value <= LARGEST_COMPARED)) return undefined;
  return document.source.read(stream.dataOffset, length.value);
}

const repeating = new WeakMap<PdfValue, boolean>();

function hasRepeatedKeys(value: PdfValue): boolean {
  if (value.kind !== 'array' && value.kind !== 'dictionary' && value.kind !== 'stream') return false;
  const known = repeating.get(value) ?? isRepeating(value);
  repeating.set(value, known);
  return known;
}

function isRepeating(value: PdfValue): boolean {
  if (value.kind === 'array') return value.items.some((item) => hasRepeatedKeys(item.value));
  const dictionary: PdfDictionary = dictionaryOf(value) ?? EMPTY_DICTIONARY;
  if (dictionary.repeated) return true;
  return [...dictionary.entries.values()].some((item) => hasRepeatedKeys(item.value));
}
