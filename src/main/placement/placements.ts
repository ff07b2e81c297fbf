import { OssError } from '../../contract/errors.ts';
import type { Identity } from '../../contract/model/identity.ts';
import type { Placement, PlacementTemplate } from '../../contract/model/placement.ts';
import { permitted, proposedPlacement, USUAL_PLACE } from '../../contract/model/proposed-placement.ts';
import type { ImportedDocument, SignatureOptions } from '../../contract/model/transaction.ts';
import type { DocumentWork, FileAccess, LocatedSignature } from '../../optimizer/index.ts';
import { appearanceLines } from '../../texts/appearance.ts';
import type { DocumentGrants } from '../documents/grants.ts';

export interface PlacementsOptions {
  /** Of the window that looks at previews. */
  readonly grants: DocumentGrants;
  organisation(): string;
  templates(): readonly PlacementTemplate[];
  sandbox(): boolean;
  readonly work: DocumentWork;
  /** Path of the typeface of visible signatures. */
  readonly signatureFont: string;
}

/** The file that is signed, as far as its look is concerned. */
interface PlacedFile extends FileAccess {
  readonly view: { readonly name: string };
}

/** Previews that are kept: what the window may still be loading while the next one is made. */
const KEPT_PREVIEWS = 4;

/** KeyedQueue what the clerk chose on the screen into what the Optimizer signs, and shows beforehand what it will be. */
export class Placements {
  readonly #options: PlacementsOptions;
  readonly #previews: string[] = [];

  constructor(options: PlacementsOptions) {
    this.#options = options;
  }

  /** @throws OssError OSS_PDF_CERTIFIED_INVISIBLE_ONLY, OSS_PDF_FIELD_UNUSABLE, OSS_PDF_* */
  async optionsFor(file: FileAccess, placement: Placement, identity: Identity): Promise<SignatureOptions> {
    const located = await this.#locate(file, placement);
    if (!located) return {};
    const { fieldName } = located;
    return { visible: this.#visible(located, identity), ...(fieldName !== undefined && { fieldName }) };
  }

  /** For documents that nobody placed: as the desk would propose it. @throws OssError as `optionsFor` */
  async proposed(documents: readonly ImportedDocument[], identity: Identity): Promise<SignatureOptions[]> {
    const options: SignatureOptions[] = [];
    for (const { sourcePath: path } of documents) {
      const facts = await this.#options.work.run('glance', { path });
      const placement = proposedPlacement(facts, this.#options.templates()) ?? permitted(facts, USUAL_PLACE);
      options.push(await this.optionsFor({ path }, placement, identity));
    }
    return options;
  }

  /**
   * The appearance, drawn by the code that signs, granted to the window. Returns its id.
   * @throws OssError OSS_REQUEST_INVALID for an invisible signature; OSS_PDF_TEXT_UNSUPPORTED,
   * OSS_PDF_RECTANGLE_INVALID where the box is too small; and as `optionsFor`
   */
  async preview(file: PlacedFile, placement: Placement, identity: Identity): Promise<string> {
    const located = await this.#locate(file, placement);
    if (!located) throw new OssError('OSS_REQUEST_INVALID', { fields: ['placement'] });
    const { work, signatureFont } = this.#options;
    const { pdf } = await work.run('preview', {
      visible: this.#visible(located, identity),
      values: {
        signer: identity,
        at: new Date(),
        organisation: this.#options.organisation(),
        document: file.view.name,
      },
      signatureFont,
      page: located.geometry,
    });
    const id = this.#options.grants.grantContent(pdf);
    this.#previews.push(id);
    for (const old of this.#previews.splice(0, this.#previews.length - KEPT_PREVIEWS))
      this.#options.grants.revoke(old);
    return id;
  }

  #locate({ path, password }: FileAccess, placement: Placement): Promise<LocatedSignature | undefined> {
    const access = password === undefined ? {} : { password };
    return this.#options.work.run('locate', { path, placement, ...access });
  }

  #visible({ page, rectangle }: LocatedSignature, { language }: Identity) {
    return { page, rectangle, text: appearanceLines(language, this.#options.sandbox()) };
  }
}
