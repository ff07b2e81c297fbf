import type { VisibleSignature } from '../../contract/model/appearance.ts';
import type { TextFormat } from '../../contract/optimizer-api/index.ts';
import { appearanceFromVendor } from '../../optimizer/index.ts';

/** What a visible signature says and how it writes its date; empty where the picture stands alone. */
export type SignatureStyle = Pick<VisibleSignature, 'text' | 'dateFormat' | 'timeZone'>;

/** Above name and date, where the client sets no text of its own. */
const SIGNED_BY: Readonly<Record<string, string>> = {
  es: 'Firmado electrónicamente por',
  ca: 'Signat electrònicament per',
  it: 'Firmato elettronicamente da',
  pt: 'Assinado eletronicamente por',
  fr: 'Signé électroniquement par',
  pl: 'Podpisano elektronicznie przez',
};

/** The format of a call in our own words, or the usual three lines in the language of the signer. */
export function signatureStyle(format: TextFormat | undefined, language: string | undefined): SignatureStyle {
  const firstLine = SIGNED_BY[language?.toLowerCase() ?? ''] ?? 'Signed electronically by';
  return appearanceFromVendor({
    text: format?.text_format ?? [firstLine, '%(CN)s', '%(DATE)s'],
    ...(format?.date_format === undefined ? {} : { dateFormat: format.date_format }),
    ...(format?.timezone === undefined ? {} : { timeZone: format.timezone }),
  });
}
