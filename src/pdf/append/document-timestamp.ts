/** Plans the incremental update that carries a document time stamp (EN 319 142-1 §5.4.3, ISO 32000-2 §12.8.5). */
import { randomBytes as cryptoRandomBytes } from 'node:crypto';
import { OssError } from '../../contract/errors.ts';
import { readClaims } from '../preflight/pdf-a.ts';
import { mayAddSignatureField } from '../preflight/permissions.ts';
import type { PdfDocument } from '../read/document.ts';
import type { RandomBytes } from '../read/encryption/object-cipher.ts';
import { formFields } from '../read/form-fields.ts';
import type { PdfReference } from '../syntax/values.ts';
import { putEmptyAppearance } from './appearance/appearance.ts';
import { registerFields, registerWidgets } from './form-registration.ts';
import { Revision } from './revision.ts';
import { putTimestampDictionary } from './signature-dictionary.ts';
import { INVISIBLE, putSignatureField } from './signature-field.ts';
import { finishSignatureUpdate, type SignatureUpdate } from './signature-update.ts';

/**
 * The field is new and shows nothing. A certification of any kind permits it, and so does every lock: they are not
 * about document time stamps (ISO 32000-2 table 257).
 * @throws OSS_PDF_PERMISSION_DENIED where the encryption of the document does not permit it, and what reading a
 * document throws.
 */
export async function planDocumentTimestamp(
  document: PdfDocument,
  options: {
    /** Bytes of DER that /Contents has room for. */
    readonly contentsCapacity: number;
    readonly randomBytes?: RandomBytes;
  },
): Promise<SignatureUpdate> {
  if (!mayAddSignatureField(document.encryption)) throw new OssError('OSS_PDF_PERMISSION_DENIED');
  const revision = new Revision(document, options.randomBytes ?? cryptoRandomBytes);
  const [signature, field] = [revision.allocate(), revision.allocate()];
  const fieldName = await freeName(document);
  const page = await document.page(1);
  putSignatureField(
    revision,
    { field, fieldName, signature },
    { page, rectangle: INVISIBLE, appearance: await emptyAppearance(revision) },
  );
  await registerWidgets(revision, page, [field]);
  await registerFields(revision, [field], { declareExtension: true });
  const placeholders = putTimestampDictionary(revision, signature, options.contentsCapacity);
  return finishSignatureUpdate(revision, signature, placeholders, fieldName);
}

/** Only where it is asked for (ISO 19005-1 §6.9): with one, validators take the field for more than a time stamp (pyHanko). */
async function emptyAppearance(revision: Revision): Promise<PdfReference | undefined> {
  const { pdfA: part } = await readClaims(revision.document);
  return part?.startsWith('1') ? putEmptyAppearance(revision) : undefined;
}

async function freeName(document: PdfDocument): Promise<string> {
  const taken = new Set<string>();
  for await (const { name } of formFields(document)) taken.add(name.split('.', 1)[0] ?? '');
  for (let number = 1; ; number += 1) {
    const name = `DocumentTimeStamp${number}`;
    if (!taken.has(name)) return name;
  }
}
