import type { Identity } from '../../contract/model/identity.ts';
import type { Typefaces } from '../../typography/typefaces.ts';

/** Letters that the typefaces which come along have for certain: nothing is opened for them. */
const CERTAIN = /^[ -~\u00A0-\u017F]*$/;

/**
 * That evidence and visible signatures can show who signs and for whom; asked before anything is registered, so
 * that no code is spent on what cannot be printed.
 * @throws OssError OSS_PDF_TEXT_UNSUPPORTED naming field, character and script
 */
export async function assertPrintable(
  { identity, organisation = '' }: { readonly identity: Identity; readonly organisation?: string },
  typefaces: Typefaces,
): Promise<void> {
  const { givenName = '', surname1 = '', surname2 = '' } = identity;
  for (const [field, text] of Object.entries({ givenName, surname1, surname2, organisation })) {
    if (!CERTAIN.test(text)) await typefaces.showing(text, field);
  }
}
