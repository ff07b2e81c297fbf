/** What in a document matters for signing it, and the refusal of what cannot be signed. */
import { OssError } from '../../contract/errors.ts';
import type { PdfDocument } from '../read/document.ts';
import { formFields } from '../read/form-fields.ts';
import type { PdfSignature } from '../signatures/list-signatures.ts';
import { listSignatures } from '../signatures/own-signatures.ts';
import { acceptedReasons } from '../signatures/seed-values.ts';
import {
  type DocMdpPermission,
  type FieldLock,
  locksField,
  readFieldLock,
  readPermission,
  readTransforms,
} from '../signatures/transform.ts';
import { dictionaryOf } from '../syntax/values.ts';
import { assertDecryptable } from './decryptable.ts';
import { type Claims, readClaims } from './pdf-a.ts';
import { mayAddSignatureField, mayFillSignatureField } from './permissions.ts';

export interface PdfInspection extends Claims {
  readonly pageCount: number;
  readonly pdfVersion: string;
  readonly encrypted: boolean;
  readonly existingSignatures: readonly PdfSignature[];
  /** Of any type. */
  readonly formFields: number;
  /** First components of the names of all fields. */
  readonly fieldNames: ReadonlySet<string>;
  /** Signature fields without a signature. */
  readonly emptySignatureFields: readonly EmptySignatureField[];
  /** The strictest permission of a certification or of a lock. */
  readonly docMdp: DocMdpPermission | undefined;
  readonly fieldLocks: readonly FieldLock[];
  /** The field that would be signed. */
  readonly targetField: { readonly name: string; readonly exists: boolean };
}

export interface EmptySignatureField {
  /** Fully qualified. */
  readonly name: string;
  /** The only reasons that its author accepts; empty where any will do. */
  readonly reasons: readonly string[];
}

interface Form {
  readonly fields: number;
  /** First components of all field names. */
  readonly rootNames: ReadonlySet<string>;
  readonly emptySignatureFields: readonly EmptySignatureField[];
  /** Permissions that locks of signed fields impose (ISO 32000-2 table 237, /P). */
  readonly lockPermissions: readonly DocMdpPermission[];
  /** Locks of signed fields that their signatures do not repeat. */
  readonly locks: readonly FieldLock[];
}

/**
 * @throws OSS_PDF_PERMISSION_DENIED, OSS_PDF_CERTIFIED_NO_CHANGES, OSS_PDF_FIELD_LOCKED, and OSS_PDF_FIELD_UNUSABLE
 * where `fieldName` is taken; and what reading a document throws.
 */
export async function inspectForSigning(
  document: PdfDocument,
  options: { readonly fieldName?: string } = {},
): Promise<PdfInspection> {
  const pageCount = await document.pageCount();
  await document.page(1);
  // A count of pages that are not there would show the signer less than the document claims to have.
  await document.page(pageCount);
  await assertDecryptable(document);
  const form = await readForm(document);
  const existingSignatures = await listSignatures(document);
  const docMdp = await strictestPermission(document, existingSignatures, form);
  if (docMdp === 1) throw new OssError('OSS_PDF_CERTIFIED_NO_CHANGES');
  const fieldLocks = [...existingSignatures.flatMap((signature) => signature.fieldLocks), ...form.locks];
  const targetField = chooseField(document, form, fieldLocks, options.fieldName);
  return {
    pageCount,
    pdfVersion: document.version,
    encrypted: document.encryption !== undefined,
    ...(await readClaims(document)),
    existingSignatures,
    formFields: form.fields,
    fieldNames: form.rootNames,
    emptySignatureFields: form.emptySignatureFields,
    docMdp,
    fieldLocks,
    targetField,
  };
}

async function readForm(document: PdfDocument): Promise<Form> {
  const rootNames = new Set<string>();
  const emptySignatureFields: EmptySignatureField[] = [];
  const lockPermissions: DocMdpPermission[] = [];
  const locks: FieldLock[] = [];
  let fields = 0;
  for await (const field of formFields(document)) {
    fields += 1;
    rootNames.add(field.name.split('.', 1)[0] ?? '');
    if (field.type !== 'Sig') continue;
    const signature = dictionaryOf(await document.lookup(field.dictionary, 'V'));
    if (!signature) {
      emptySignatureFields.push({
        name: field.name,
        reasons: await acceptedReasons(document, field.dictionary),
      });
      continue;
    }
    const lock = dictionaryOf(await document.lookup(field.dictionary, 'Lock'));
    if (!lock) continue;
    const permission = await readPermission(document, lock);
    if (permission) lockPermissions.push(permission);
    // A signer should have repeated the lock in the signature; validators look at either.
    const { fieldLocks } = await readTransforms(document, signature);
    if (fieldLocks.length === 0) locks.push(await readFieldLock(document, lock));
  }
  return { fields, rootNames, emptySignatureFields, lockPermissions, locks };
}

/** A certification is named by /Perms of the catalog (§12.8.6), by the signature itself, or both. */
async function strictestPermission(
  document: PdfDocument,
  signatures: readonly PdfSignature[],
  form: Form,
): Promise<DocMdpPermission | undefined> {
  const found = [...form.lockPermissions];
  const perms = dictionaryOf(await document.lookup(document.catalog.dictionary, 'Perms'));
  const certification = perms && dictionaryOf(await document.lookup(perms, 'DocMDP'));
  if (certification) found.push((await readTransforms(document, certification)).docMdp ?? 2);
  for (const { docMdp } of signatures) if (docMdp) found.push(docMdp);
  return found.sort()[0];
}

function chooseField(
  document: PdfDocument,
  form: Form,
  locks: readonly FieldLock[],
  wanted: string | undefined,
): { name: string; exists: boolean } {
  const isLocked = (name: string): boolean => locks.some((lock) => locksField(lock, name));
  if (wanted !== undefined && form.emptySignatureFields.some(({ name }) => name === wanted)) {
    if (isLocked(wanted)) throw new OssError('OSS_PDF_FIELD_LOCKED', { field: wanted });
    if (!mayFillSignatureField(document.encryption)) throw new OssError('OSS_PDF_PERMISSION_DENIED');
    return { name: wanted, exists: true };
  }
  if (!mayAddSignatureField(document.encryption)) throw new OssError('OSS_PDF_PERMISSION_DENIED');
  if (wanted === undefined) return { name: freeName(form.rootNames, isLocked, locks), exists: false };
  if (wanted === '' || wanted.includes('.') || form.rootNames.has(wanted)) {
    throw new OssError('OSS_PDF_FIELD_UNUSABLE', { reason: 'the name is taken or not possible' });
  }
  if (isLocked(wanted)) throw new OssError('OSS_PDF_FIELD_LOCKED', { field: wanted });
  return { name: wanted, exists: false };
}

/** The first of Signature1, Signature2, … that no field has and no earlier signature locks. */
function freeName(
  taken: ReadonlySet<string>,
  isLocked: (name: string) => boolean,
  locks: readonly FieldLock[],
): string {
  const named = locks.reduce((sum, { fields }) => sum + fields.length, 0);
  for (let number = 1; number <= taken.size + named + 1; number += 1) {
    const name = `Signature${number}`;
    if (!taken.has(name) && !isLocked(name)) return name;
  }
  throw new OssError('OSS_PDF_FIELD_LOCKED');
}
