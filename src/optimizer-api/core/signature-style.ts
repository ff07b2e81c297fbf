import type { VisibleSignature } from '../../contract/model/appearance.ts';
import type { TextFormat } from '../../contract/optimizer-api/index.ts';
import { appearanceFromVendor } from '../../optimizer/index.ts';
import { signedBy } from '../../texts/appearance.ts';

/** What a visible signature says and how it writes its date; empty where the picture stands alone. */
export type SignatureStyle = Pick<VisibleSignature, 'text' | 'dateFormat' | 'timeZone'>;

/** The format of a call in our own words, or the usual three lines in the language of the signer. */
export function signatureStyle(format: TextFormat | undefined, language: string | undefined): SignatureStyle {
  return appearanceFromVendor({
    text: format?.text_format ?? [signedBy(language), '%(CN)s', '%(DATE)s'],
    ...(format?.date_format === undefined ? {} : { dateFormat: format.date_format }),
    ...(format?.timezone === undefined ? {} : { timeZone: format.timezone }),
  });
}
