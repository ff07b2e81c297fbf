/** Whether the author of an encrypted document permits signing it (ISO 32000-2 table 22). */
import type { RestrictedUse } from '../../contract/model/document-notes.ts';
import type { Encryption } from '../read/encryption/standard-handler.ts';

const PRINT = 1 << 2; // bit 3
const MODIFY_CONTENTS = 1 << 3; // bit 4
const COPY = 1 << 4; // bit 5
const ANNOTATE_AND_FILL = 1 << 5; // bit 6
const FILL_FORMS = 1 << 8; // bit 9

/** A new signature field needs bits 4 and 6 together. */
export function mayAddSignatureField(encryption: Encryption | undefined): boolean {
  if (!encryption || encryption.isOwner) return true;
  const both = MODIFY_CONTENTS | ANNOTATE_AND_FILL;
  return (encryption.permissions & both) === both;
}

/** An existing signature field may be signed with bit 6 or bit 9. */
export function mayFillSignatureField(encryption: Encryption | undefined): boolean {
  if (!encryption || encryption.isOwner) return true;
  return (encryption.permissions & (ANNOTATE_AND_FILL | FILL_FORMS)) !== 0;
}

const USES: readonly (readonly [RestrictedUse, number])[] = [
  ['print', PRINT],
  ['change', MODIFY_CONTENTS],
  ['copy', COPY],
  ['annotate', ANNOTATE_AND_FILL],
  ['fillForms', ANNOTATE_AND_FILL | FILL_FORMS],
];

/** What the author forbids to everybody without the owner password. */
export const restrictedUses = ({ permissions }: Encryption): RestrictedUse[] =>
  USES.filter(([, bits]) => (permissions & bits) === 0).map(([use]) => use);
