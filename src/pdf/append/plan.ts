/** Plans the incremental update that carries one signature: everything but the CMS itself. */
import { randomBytes as cryptoRandomBytes } from 'node:crypto';
import { OssError } from '../../contract/errors.ts';
import { inspectForSigning, type PdfInspection } from '../preflight/inspect.ts';
import type { PdfDocument } from '../read/document.ts';
import type { RandomBytes } from '../read/encryption/object-cipher.ts';
import type { Rectangle } from '../read/page-tree.ts';
import type { Certification, SignatureOffer } from '../signatures/seed-values.ts';
import type { PdfReference } from '../syntax/values.ts';
import type { Syntax } from '../syntax/writer.ts';
import { type AppearanceContent, putAppearance, putEmptyAppearance } from './appearance/appearance.ts';
import type { ColourLimits } from './appearance/placed-image.ts';
import { uprightBox } from './appearance/upright-box.ts';
import { fillField, lockTransform, openExistingField } from './existing-field.ts';
import { registerFields } from './form-registration.ts';
import { type FutureField, FutureFields, rectangleOnPage } from './future-fields.ts';
import { Revision } from './revision.ts';
import { putSignatureDictionary, type SignatureDescription, writeTransform } from './signature-dictionary.ts';
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
  /** Empty fields for those who sign later: behind a certification nobody may add one that is seen. */
  readonly futureFields?: readonly FutureField[];
}

/**
 * @throws what `inspectForSigning` throws, and OSS_PDF_PAGE_NOT_FOUND, _RECTANGLE_INVALID, _TEXT_UNSUPPORTED,
 * _IMAGE_INVALID, _FIELD_UNUSABLE, _CERTIFY_FIRST_ONLY and _CERTIFIED_INVISIBLE_ONLY.
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
  if (options.certify && inspection.existingSignatures.length > 0)
    throw new OssError('OSS_PDF_CERTIFY_FIRST_ONLY');
  const future = await FutureFields.put(revision, inspection, options.futureFields ?? []);
  const transforms = inspection.targetField.exists
    ? await signExistingField(revision, inspection, signature, options, future)
    : await signNewField(revision, inspection, signature, options, future);
  const placeholders = putSignatureDictionary(revision, signature, options, transforms);
  return finishSignatureUpdate(revision, signature, placeholders, inspection.targetField.name);
}

async function signNewField(
  revision: Revision,
  inspection: PdfInspection,
  signature: PdfReference,
  { visible, certify }: SignatureFieldOptions,
  future: FutureFields,
): Promise<Syntax[]> {
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
  await future.registerWidgets({ page, field, followStructure: structParent !== undefined });
  const certification = certify && signature;
  await registerFields(revision, [field, ...future.fields], { declareExtension: isFirst, certification });
  return certify ? [certificationTransform(revision, certify)] : [];
}

const certificationTransform = (revision: Revision, permission: Certification): Syntax =>
  writeTransform(revision, 'DocMDP', new Map([['P', String(permission)]]));

async function signExistingField(
  revision: Revision,
  inspection: PdfInspection,
  signature: PdfReference,
  options: SignatureFieldOptions,
  future: FutureFields,
): Promise<Syntax[]> {
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
  const isFirst = inspection.existingSignatures.length === 0;
  const certify = options.certify ?? existing.certification;
  // Only the first signature can certify (§12.8.2.2.1); its author wanted another order.
  if (certify && !isFirst)
    throw new OssError('OSS_PDF_FIELD_UNUSABLE', { reason: 'its author demands a certain /MDP' });
  const certification = certify && signature;
  await future.registerWidgets();
  await registerFields(revision, future.fields, { declareExtension: isFirst, certification });
  const lock = await lockTransform(revision, existing, signature);
  return [...(certify ? [certificationTransform(revision, certify)] : []), ...(lock ? [lock] : [])];
}

const limitsOf = ({ pdfA }: PdfInspection): ColourLimits => ({
  allowTransparency: !pdfA?.startsWith('1'),
  deviceIndependent: pdfA !== undefined,
});
