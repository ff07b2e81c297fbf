/** Two versions of a document side by side, and what the signature in question permits. */
import type { Change } from '../../contract/model/verification.ts';
import type { PaintedPages } from '../painted/painted-pages.ts';
import type { PdfDocument } from '../read/document.ts';
import { type DocMdpPermission, type FieldLock, locksField } from '../signatures/transform.ts';
import type { ChangeList } from './change-list.ts';
import type { ChangedObjects } from './changed-objects.ts';
import type { SignedFields } from './signed-fields.ts';
import type { Structure } from './structure.ts';

/** What a signature permits afterwards; without a certification only what signing and filling in take. */
export interface SignatureRules {
  readonly docMdp?: DocMdpPermission | undefined;
  readonly fieldLocks?: readonly FieldLock[];
}

/** Which of the signature fields in the present document have a signature of their own. */
export interface OwnSignatureFields {
  /** Those whose signature verifies, or was not asked whether it does. */
  readonly verified: ReadonlySet<string>;
  /** Those that show the value of another field, and did not when that was signed. */
  readonly copied: ReadonlySet<string>;
}

export interface Comparison {
  readonly before: PdfDocument;
  readonly after: PdfDocument;
  readonly beforeParts: Structure;
  readonly afterParts: Structure;
  readonly changed: ChangedObjects;
  readonly fields: SignedFields;
  readonly own: OwnSignatureFields;
  /** What the signed pages show. */
  readonly painted: PaintedPages;
  readonly rules: SignatureRules;
  readonly list: ChangeList;
}

export type Judged = Pick<Change, 'outcome'> & { readonly reason?: Change['reason'] };

/** For what no certification permits (ISO 32000-2 table 257) and nobody has to do; a person decides without one. */
export const doubtful = ({ docMdp }: SignatureRules): Judged =>
  docMdp === undefined ? { outcome: 'suspicious' } : { outcome: 'forbidden', reason: 'certification' };

/** What only gives new signature fields a name in common goes with them, unless its author certified the form. */
export const addingGroup = (rules: SignatureRules): Judged =>
  rules.docMdp === undefined ? { outcome: 'allowed' } : doubtful(rules);

/** Filling in and signing a field: permitted from level 2, unless the field is locked. */
export function fillingIn({ docMdp, fieldLocks = [] }: SignatureRules, field: string): Judged {
  if (docMdp === 1) return { outcome: 'forbidden', reason: 'certification' };
  if (fieldLocks.some((lock) => locksField(lock, field)))
    return { outcome: 'forbidden', reason: 'fieldLock' };
  return { outcome: 'allowed' };
}

/** Why an annotation that a certification permits is left to a person: it can forge what the page says. */
export type Doubt = 'coversSignedContent' | 'drawsOnPage' | 'acts' | undefined;

/** A new annotation: permitted at level 3; `doubt`: what it does to the page (evil annotation attack). */
export function annotating({ docMdp }: SignatureRules, doubt: Doubt): Judged {
  if (docMdp === 1 || docMdp === 2) return { outcome: 'forbidden', reason: 'certification' };
  return doubt ? { outcome: 'suspicious', reason: doubt } : { outcome: 'allowed' };
}

/** An annotation that was signed with the page. At level 3 it may be changed; else that changes what was signed. */
export function reworking({ docMdp }: SignatureRules, doubt: Doubt): Judged {
  if (docMdp === 3) return doubt ? { outcome: 'suspicious', reason: doubt } : { outcome: 'allowed' };
  if (docMdp !== undefined) return { outcome: 'forbidden', reason: 'certification' };
  return { outcome: doubt === undefined || doubt === 'acts' ? 'suspicious' : 'forbidden' };
}
