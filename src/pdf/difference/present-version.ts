/**
 * What the comparisons with each signed version of a file have in common: the present one. It is read once, not once for
 * each signature.
 */
import type { PdfDocument } from '../read/document.ts';
import { type OwnSignatures, readOwnSignatures } from '../signatures/own-signatures.ts';
import { type Role, rolesOf } from './roles.ts';
import { type FieldState, fieldStates } from './signed-fields.ts';
import { readStructure, type Structure } from './structure.ts';

type Roles = ReadonlyMap<number, readonly Role[]>;

const known = new WeakMap<PdfDocument, PresentVersion>();

export class PresentVersion {
  readonly document: PdfDocument;
  readonly parts: Structure;
  readonly fields: ReadonlyMap<string, FieldState>;
  readonly signatures: OwnSignatures;
  #roles: { readonly wanted: ReadonlySet<number>; readonly found: Roles } | undefined;

  private constructor(
    document: PdfDocument,
    parts: Structure,
    fields: ReadonlyMap<string, FieldState>,
    signatures: OwnSignatures,
  ) {
    this.document = document;
    this.parts = parts;
    this.fields = fields;
    this.signatures = signatures;
  }

  /** @throws OSS_PDF_LIMIT, and what reading a document throws. */
  static async of(document: PdfDocument): Promise<PresentVersion> {
    const before = known.get(document);
    if (before) return before;
    const parts = await readStructure(document);
    const fields = await fieldStates(document, parts);
    const present = new PresentVersion(document, parts, fields, await readOwnSignatures(document));
    known.set(document, present);
    return present;
  }

  /** See `rolesOf`. What is asked for a signature was asked, as a rule, for the one before it, too. */
  async roles(wanted: ReadonlySet<number>): Promise<Roles> {
    if (!this.#roles || [...wanted].some((number) => !this.#roles?.wanted.has(number)))
      this.#roles = { wanted, found: await rolesOf(this.document, this.parts, wanted) };
    const { found } = this.#roles;
    return new Map([...wanted].flatMap((number) => pairOf(number, found.get(number))));
  }
}

const pairOf = <T>(number: number, roles: T | undefined): [number, T][] => (roles ? [[number, roles]] : []);
