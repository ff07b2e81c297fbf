/** Empty signature fields that a signature adds for those who sign after it. */
import { OssError } from '../../contract/errors.ts';
import type { PdfInspection } from '../preflight/inspect.ts';
import { type PdfPage, type Rectangle, shownBox } from '../read/page-tree.ts';
import type { PdfReference } from '../syntax/values.ts';
import { putEmptyAppearance } from './appearance/appearance.ts';
import { registerWidgets } from './form-registration.ts';
import type { Revision } from './revision.ts';
import { putSignatureField } from './signature-field.ts';

export interface FutureField {
  readonly name: string;
  /** Counts from 1. */
  readonly page: number;
  /** In user space of the page. */
  readonly rectangle: Rectangle;
}

interface OwnWidget {
  readonly page: PdfPage;
  readonly field: PdfReference;
  readonly followStructure: boolean;
}

/** Those of one revision, put but not yet known to the form and their pages. */
export class FutureFields {
  readonly #revision: Revision;
  readonly #widgets: readonly { readonly page: PdfPage; readonly field: PdfReference }[];

  private constructor(revision: Revision, widgets: readonly { page: PdfPage; field: PdfReference }[]) {
    this.#revision = revision;
    this.#widgets = widgets;
  }

  /** @throws OSS_PDF_PAGE_NOT_FOUND, _RECTANGLE_INVALID, and _FIELD_UNUSABLE for a name that is taken. */
  static async put(
    revision: Revision,
    { targetField, fieldNames, docMdp }: PdfInspection,
    wanted: readonly FutureField[],
  ): Promise<FutureFields> {
    const taken = new Set([...fieldNames, targetField.name]);
    const widgets: { page: PdfPage; field: PdfReference }[] = [];
    if (docMdp && wanted.length > 0) throw new OssError('OSS_PDF_CERTIFIED_INVISIBLE_ONLY');
    for (const { name, page: number, rectangle } of wanted) {
      if (name === '' || name.includes('.') || taken.has(name))
        throw new OssError('OSS_PDF_FIELD_UNUSABLE', { reason: 'the name is taken or not possible' });
      taken.add(name);
      const page = await revision.document.page(number);
      const field = revision.allocate();
      const at = rectangleOnPage(rectangle, page);
      // There is nothing to show before it is signed, but every widget needs an appearance (table 166, ISO 19005).
      const appearance = putEmptyAppearance(revision);
      putSignatureField(revision, { field, fieldName: name }, { page, rectangle: at, appearance });
      widgets.push({ page, field });
    }
    return new FutureFields(revision, widgets);
  }

  get fields(): PdfReference[] {
    return this.#widgets.map(({ field }) => field);
  }

  /** Page by page, since each object has one new version only: with the widget of the signature itself. */
  async registerWidgets(own?: OwnWidget): Promise<void> {
    const pages = new Map<number, { page: PdfPage; fields: PdfReference[]; followStructure: boolean }>();
    const others = this.#widgets.map((widget) => ({ ...widget, followStructure: false }));
    for (const { page, field, followStructure } of [...(own ? [own] : []), ...others]) {
      const known = pages.get(page.reference.number);
      if (known) known.fields.push(field);
      else pages.set(page.reference.number, { page, fields: [field], followStructure });
    }
    for (const { page, fields, followStructure } of pages.values())
      await registerWidgets(this.#revision, page, fields, { followStructure });
  }
}

/** The rectangle by its lower left and upper right corner, inside what a reader shows of the page. */
export function rectangleOnPage({ x1, y1, x2, y2 }: Rectangle, page: PdfPage): Rectangle {
  const shown = shownBox(page);
  const isInside = x1 >= shown.x1 && y1 >= shown.y1 && x2 <= shown.x2 && y2 <= shown.y2;
  if (!isInside || !(x1 < x2) || !(y1 < y2)) throw new OssError('OSS_PDF_RECTANGLE_INVALID');
  return { x1, y1, x2, y2 };
}
