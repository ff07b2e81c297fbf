/** Plans the incremental update that carries one signature: everything but the CMS itself. */
import { randomBytes as cryptoRandomBytes } from 'node:crypto';
import { OssError } from '../../contract/errors.ts';
import { inspectForSigning, type PdfInspection } from '../preflight/inspect.ts';
import type { PdfDocument } from '../read/document.ts';
import type { RandomBytes } from '../read/encryption/object-cipher.ts';
import { type PdfPage, type Rectangle, shownBox } from '../read/page-tree.ts';
import type { SignatureOffer } from '../signatures/seed-values.ts';
import type { PdfReference } from '../syntax/values.ts';
import type { Syntax } from '../syntax/writer.ts';
import { type AppearanceContent, putAppearance, putEmptyAppearance } from './appearance/appearance.ts';
import type { ColourLimits } from './appearance/placed-image.ts';
import { uprightBox } from './appearance/upright-box.ts';
import { fillField, lockTransform, openExistingField } from './existing-field.ts';
import { registerField, registerWidget } from './form-registration.ts';
import { Revision } from './revision.ts';
import { putSignatureDictionary, type SignatureDescription } from './signature-dictionary.ts';
import { INVISIBLE, putSignatureField } from './signature-field.ts';
import { finishSignatureUpdate, type SignatureUpdate } from './signature-update.ts';
import { putStructureElement } from './structure-element.ts';

export interface VisibleSignature extends AppearanceContent {
  /** Counts from 1. */
  readonly page: number;
  /** In user space of the page; an existing field keeps its own place. */
  readonly rectangle: Rectangle;
  /** Of a new field; an existing one has its own. */
  readonly alternativeText?: string;
}

export interface SignatureFieldOptions extends SignatureDescription, SignatureOffer {
  /** An empty field of the document, or the name of a new one; without it the first free `Signature1`, …. */
  readonly fieldName?: string;
  readonly subFilter?: 'ETSI.CAdES.detached';
  readonly visible?: VisibleSignature;
  readonly randomBytes?: RandomBytes;
}

/**
 * @throws what `inspectForSigning` throws, and OSS_PDF_PAGE_NOT_FOUND, _RECTANGLE_INVALID, _TEXT_UNSUPPORTED,
 * _IMAGE_INVALID, _FIELD_UNUSABLE and _CERTIFIED_INVISIBLE_ONLY.
 */
export async function planSignatureUpdate(
  document: PdfDocument,
  options: SignatureFieldOptions,
): Promise<SignatureUpdate> {
  const inspection = await inspectForSigning(
    document,
    options.fieldName === undefined ? {} : { fieldName: options.fieldName },
  );
  const revision = new Revision(document, options.randomBytes ?? cryptoRandomBytes);
  const signature = revision.allocate();
  const transforms = inspection.targetField.exists
    ? await signExistingField(revision, inspection, signature, options)
    : await signNewField(revision, inspection, signature, options);
  const placeholders = putSignatureDictionary(revision, signature, options, transforms);
  return finishSignatureUpdate(revision, signature, placeholders, inspection.targetField.name);
}

async function signNewField(
  revision: Revision,
  inspection: PdfInspection,
  signature: PdfReference,
  { visible }: SignatureFieldOptions,
): Promise<undefined> {
  // A new annotation could cover what was certified, so validators treat it as a change (pyHanko, DSS).
  if (visible && inspection.docMdp) throw new OssError('OSS_PDF_CERTIFIED_INVISIBLE_ONLY');
  const page = await revision.document.page(visible?.page ?? 1);
  const rectangle = visible ? rectangleOnPage(visible.rectangle, page) : INVISIBLE;
  const field = revision.allocate();
  const box = uprightBox(rectangle, page);
  const appearance = visible
    ? await putAppearance(revision, visible, box, limitsOf(inspection))
    : putEmptyAppearance(revision);
  const names = { field, fieldName: inspection.targetField.name, signature };
  const isFirst = inspection.existingSignatures.length === 0;
  const structParent = visible && isFirst ? await putStructureElement(revision, page, field) : undefined;
  putSignatureField(revision, names, {
    page,
    rectangle,
    appearance,
    ...(visible?.alternativeText === undefined ? {} : { alternativeText: visible.alternativeText }),
    ...(structParent === undefined ? {} : { structParent }),
  });
  await registerWidget(revision, page, field, { followStructure: structParent !== undefined });
  await registerField(revision, field, { declareExtension: isFirst });
}

async function signExistingField(
  revision: Revision,
  inspection: PdfInspection,
  signature: PdfReference,
  options: SignatureFieldOptions,
): Promise<Syntax | undefined> {
  const existing = await openExistingField(revision.document, inspection.targetField.name, options);
  const { visible } = options;
  let appearance: PdfReference | undefined;
  if (visible) {
    const { rectangle } = existing;
    if (!rectangle || rectangle.x1 === rectangle.x2 || rectangle.y1 === rectangle.y2) {
      throw new OssError('OSS_PDF_FIELD_UNUSABLE', { reason: 'the field has no place on a page' });
    }
    const box = uprightBox(rectangle, await revision.document.page(visible.page));
    appearance = await putAppearance(revision, visible, box, limitsOf(inspection));
  }
  fillField(revision, existing, signature, appearance);
  await registerField(revision, undefined, { declareExtension: inspection.existingSignatures.length === 0 });
  return lockTransform(revision, existing, signature);
}

const limitsOf = ({ pdfA }: PdfInspection): ColourLimits => ({
  allowTransparency: !pdfA?.startsWith('1'),
  deviceIndependent: pdfA !== undefined,
});

/** The rectangle by its lower left and upper right corner, inside what a reader shows of the page. */
function rectangleOnPage({ x1, y1, x2, y2 }: Rectangle, page: PdfPage): Rectangle {
  const shown = shownBox(page);
  const isInside = x1 >= shown.x1 && y1 >= shown.y1 && x2 <= shown.x2 && y2 <= shown.y2;
  if (!isInside || !(x1 < x2) || !(y1 < y2)) throw new OssError('OSS_PDF_RECTANGLE_INVALID');
  return { x1, y1, x2, y2 };
}
