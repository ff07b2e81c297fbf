/** What a person should know about a document that can be signed. */
import type { DocumentNote } from '../../contract/model/document-notes.ts';
import { rangesOf } from '../../contract/model/page-ranges.ts';
import { findSignerCertificate, PkiError, parseSignedData } from '../../pki/index.ts';
import { changesAfter } from '../difference/changes-after.ts';
import type { PdfDocument } from '../read/document.ts';
import { formFields } from '../read/form-fields.ts';
import type { PdfSignature } from '../signatures/list-signatures.ts';
import { dictionaryOf, EMPTY_DICTIONARY, type PdfDictionary } from '../syntax/values.ts';
import { Findings } from './contents/findings.ts';
import { walkObjects } from './contents/walk-objects.ts';
import { fieldsThatDiffer } from './field-values.ts';
import { incompletePages } from './incomplete-pages.ts';
import type { PdfInspection } from './inspect.ts';
import { restrictedUses } from './permissions.ts';

/** A document of 2,000 pages has some ten thousand objects; beyond this the clerk would wait for seconds. */
const MAX_OBJECTS = 20_000;
const MAX_NAMES = 20;
const MAX_RANGES = 1_000;

/** In the order in which they matter. @throws OSS_PDF_XREF_DAMAGED where a part cannot be found. */
export async function describeDocument(
  document: PdfDocument,
  inspection: PdfInspection,
  options: { readonly maxObjects?: number } = {},
): Promise<DocumentNote[]> {
  return [
    ...(await signatureNotes(document, inspection)),
    ...encryptionNotes(document),
    ...(await pageNotes(document, inspection)),
    ...(await contentNotes(document, options.maxObjects ?? MAX_OBJECTS)),
    ...structureNotes(document, inspection),
  ];
}

async function signatureNotes(document: PdfDocument, inspection: PdfInspection): Promise<DocumentNote[]> {
  const { existingSignatures, docMdp, fieldLocks } = inspection;
  const notes: DocumentNote[] = [];
  const signatures = existingSignatures.filter(({ kind }) => kind === 'signature');
  const signers = [...new Set(signatures.map(signerOf))];
  if (signers.length > 0) notes.push({ code: 'alreadySigned', signers: signers.slice(0, MAX_NAMES) });
  const changed: string[] = [];
  for (const signature of existingSignatures) {
    const { fieldName, revisionEnd } = signature;
    const isUntouched =
      revisionEnd !== undefined &&
      (await changesAfter(document, revisionEnd, signature)).every(({ outcome }) => outcome === 'allowed');
    if (!isUntouched) changed.push(fieldName);
  }
  if (changed.length > 0) notes.push({ code: 'changedAfterSigning', fields: changed.slice(0, MAX_NAMES) });
  if (docMdp === 2 || docMdp === 3) notes.push({ code: 'certified', permission: docMdp });
  if (fieldLocks.length > 0) notes.push({ code: 'fieldsLocked' });
  return notes;
}

/** By the certificate; a signature that cannot be read goes by what it says of itself. */
function signerOf({ contents, name, fieldName }: PdfSignature): string {
  try {
    const subject = findSignerCertificate(parseSignedData(contents))?.subject;
    if (subject) return subject.commonName ?? subject.text;
  } catch (thrown) {
    if (!(thrown instanceof PkiError)) throw thrown;
  }
  return name ?? fieldName;
}

function encryptionNotes({ encryption }: PdfDocument): DocumentNote[] {
  const notes: DocumentNote[] = [];
  if (!encryption) return notes;
  if (encryption.needsPassword) notes.push({ code: 'passwordProtected' });
  const uses = encryption.isOwner ? [] : restrictedUses(encryption);
  if (uses.length > 0) notes.push({ code: 'restricted', uses });
  return notes;
}

async function pageNotes(document: PdfDocument, { pageCount }: PdfInspection): Promise<DocumentNote[]> {
  const pages = rangesOf(await incompletePages(document, pageCount));
  return pages.length > 0 ? [{ code: 'incompletePages', pages: pages.slice(0, MAX_RANGES) }] : [];
}

async function contentNotes(document: PdfDocument, maxObjects: number): Promise<DocumentNote[]> {
  const findings = new Findings(document);
  const walked = await walkObjects(document, { maxObjects }, (dictionary) => findings.look(dictionary));
  const notes: DocumentNote[] = await formNotes(document);
  if (findings.scripts > 0) notes.push({ code: 'javaScript', places: findings.scripts });
  if (findings.launches > 0) notes.push({ code: 'launchAction', places: findings.launches });
  if (findings.dataActions > 0) notes.push({ code: 'dataAction', places: findings.dataActions });
  notes.push(...(await layerNotes(document)));
  const fonts = [...findings.fontsNotEmbedded].sort();
  if (fonts.length > 0) notes.push({ code: 'fontsNotEmbedded', fonts: fonts.slice(0, MAX_NAMES) });
  if (findings.attachments > 0) notes.push({ code: 'attachments', files: findings.attachments });
  if (walked.unreadable > 0) notes.push({ code: 'unreadableParts', objects: walked.unreadable });
  if (walked.isPartial) notes.push({ code: 'partlyExamined', objects: walked.objects });
  return notes;
}

async function formNotes(document: PdfDocument): Promise<DocumentNote[]> {
  const notes: DocumentNote[] = [];
  let fields = 0;
  for await (const { type } of formFields(document)) if (type !== 'Sig') fields += 1;
  if (fields > 0) notes.push({ code: 'form', fields });
  const form = await dictionaryAt(document, document.catalog.dictionary, 'AcroForm');
  const differing = await fieldsThatDiffer(document);
  if (differing.length > 0) notes.push({ code: 'valuesDiffer', fields: differing.slice(0, MAX_NAMES) });
  const need = await document.lookup(form, 'NeedAppearances');
  if (need.kind === 'boolean' && need.value) notes.push({ code: 'needAppearances' });
  if (form.entries.has('XFA')) notes.push({ code: 'xfaForm' });
  return notes;
}

/** Optional content (ISO 32000-2 §8.11.4): what a person does not see may be there for another. */
async function layerNotes(document: PdfDocument): Promise<DocumentNote[]> {
  const properties = await dictionaryAt(document, document.catalog.dictionary, 'OCProperties');
  const groups = await document.lookup(properties, 'OCGs');
  if (groups.kind !== 'array' || groups.items.length === 0) return [];
  const off = await document.lookup(await dictionaryAt(document, properties, 'D'), 'OFF');
  const hidden = off.kind === 'array' ? off.items.length : 0;
  return [{ code: 'layers', layers: groups.items.length, hidden }];
}

function structureNotes(document: PdfDocument, inspection: PdfInspection): DocumentNote[] {
  const { emptySignatureFields, existingSignatures, pdfA, pdfUA } = inspection;
  const notes: DocumentNote[] = [];
  if (emptySignatureFields.length > 0)
    notes.push({
      code: 'emptySignatureFields',
      fields: emptySignatureFields.slice(0, MAX_NAMES).map(({ name, reasons }) => ({
        name,
        ...(reasons.length > 0 ? { reasons: reasons.slice(0, MAX_NAMES) } : {}),
      })),
    });
  const { revisions } = document.xref;
  if (revisions > 1) notes.push({ code: 'revisions', revisions });
  if (document.isHybrid) notes.push({ code: 'hybridReference' });
  if (!document.catalog.dictionary.entries.has('StructTreeRoot')) notes.push({ code: 'untagged' });
  if (pdfA !== undefined) notes.push({ code: 'pdfA', part: pdfA });
  // A field that is seen belongs into the structure (ISO 14289-1 §7.18.4), which an earlier signature covers.
  if (pdfUA !== undefined && existingSignatures.length > 0) notes.push({ code: 'pdfUaSigned', part: pdfUA });
  return notes;
}

const dictionaryAt = async (
  document: PdfDocument,
  dictionary: PdfDictionary,
  key: string,
): Promise<PdfDictionary> => dictionaryOf(await document.lookup(dictionary, key)) ?? EMPTY_DICTIONARY;
