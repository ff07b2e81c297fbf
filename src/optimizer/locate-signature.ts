import { OssError } from '../contract/errors.ts';
import { onOtherPage, type PageGeometry, shownSize, toUserSpace } from '../contract/model/page-geometry.ts';
import { type Placement, pageNumberOf } from '../contract/model/placement.ts';
import { offeredFields, openFileSource, type Rectangle } from '../pdf/index.ts';
import { geometryOf } from './placement-facts.ts';
import { type OpenedForSigning, openForSigning } from './preflight/open-for-signing.ts';

/** A file on the disk, and what opens it where it is protected. */
export interface FileAccess {
  readonly path: string;
  readonly password?: string;
}

/** Where a placement comes to lie in one document, in the terms of its file. */
export interface LocatedSignature {
  /** An empty field of the document; absent for a new one. */
  readonly fieldName?: string;
  /** Counts from 1. */
  readonly page: number;
  /** In user space of the page. */
  readonly rectangle: Rectangle;
  readonly geometry: PageGeometry;
}

/**
 * Undefined for an invisible signature. A place chosen on another document keeps its distance from the edges.
 * @throws OssError OSS_PDF_CERTIFIED_INVISIBLE_ONLY, OSS_PDF_FIELD_UNUSABLE, and as `inspectFile`
 */
export async function locateSignature(
  { path, password }: FileAccess,
  placement: Placement,
): Promise<LocatedSignature | undefined> {
  if (placement.kind === 'invisible') return undefined;
  const source = await openFileSource(path);
  try {
    const opened = await openForSigning(source, password === undefined ? {} : { password });
    return placement.kind === 'field'
      ? await locateField(opened, placement.name)
      : await locatePlace(opened, placement);
  } finally {
    await source.close();
  }
}

async function locatePlace(
  { document, inspection }: OpenedForSigning,
  { page, rectangle, pageSize }: Extract<Placement, { kind: 'placed' }>,
): Promise<LocatedSignature> {
  const { docMdp, pageCount } = inspection;
  if (docMdp !== undefined) throw new OssError('OSS_PDF_CERTIFIED_INVISIBLE_ONLY');
  const number = pageNumberOf(page, pageCount);
  const geometry = geometryOf(await document.page(number));
  const shown = onOtherPage(rectangle, pageSize, shownSize(geometry));
  return { page: number, rectangle: toUserSpace(geometry, shown), geometry };
}

async function locateField(
  { document, inspection }: OpenedForSigning,
  name: string,
): Promise<LocatedSignature> {
  const fields = await offeredFields(document, inspection);
  const field = fields.find((offered) => offered.name === name);
  if (!field) throw new OssError('OSS_PDF_FIELD_UNUSABLE', { reason: 'there is no such field' });
  const { page, rectangle } = field;
  return { fieldName: name, page, rectangle, geometry: geometryOf(await document.page(page)) };
}
