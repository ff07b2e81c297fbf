import { fullNameOf, type Identity } from '../../../contract/model/identity.ts';
import type { TextFormat } from '../../../contract/optimizer-api/index.ts';
import { Refusal } from '../http/refusal.ts';
import { formatDate, zoneOf } from './date-format.ts';

const MAX_LINES = 12;
const MAX_LINE_LENGTH = 200;
const DEFAULT_DATE_FORMAT = '%d/%m/%Y %H:%M:%S %Z';

/** Above name and date, where the client sets no text of its own. */
const SIGNED_BY: Readonly<Record<string, string>> = {
  es: 'Firmado electrónicamente por',
  ca: 'Signat electrònicament per',
  en: 'Signed electronically by',
  it: 'Firmato elettronicamente da',
  pt: 'Assinado eletronicamente por',
  fr: 'Signé électroniquement par',
  pl: 'Podpisano elektronicznie przez',
};

/**
 * The lines of a visible signature, with its variables filled in: `%(CN)s` and the like, also without the `s`.
 * @throws Refusal 400 where there is more text than a signature takes
 */
export function signatureText(
  format: TextFormat | undefined,
  identity: Identity,
  language: string | undefined,
  at: Date,
): string[] {
  const date = formatDate(at, format?.date_format ?? DEFAULT_DATE_FORMAT, zoneOf(format?.timezone));
  const lines = format?.text_format ?? [
    SIGNED_BY[language?.toLowerCase() ?? ''] ?? SIGNED_BY.en ?? '',
    '%(CN)s',
    '%(DATE)s',
  ];
  const filled = lines.map((line) => fill(line, variablesOf(identity, date)));
  if (filled.length > MAX_LINES || filled.some(({ length }) => length > MAX_LINE_LENGTH)) {
    throw new Refusal(
      400,
      `The text of the signature has at most ${MAX_LINES} lines of ${MAX_LINE_LENGTH} characters`,
    );
  }
  return filled;
}

const fill = (line: string, variables: Readonly<Record<string, string>>): string =>
  line.replace(/%\((\w+)\)s?/g, (written, name: string) => variables[name.toUpperCase()] ?? written);

function variablesOf(identity: Identity, date: string): Readonly<Record<string, string>> {
  const { idDocument, email } = identity;
  const name = fullNameOf(identity);
  const serial = `${idDocument.type}${idDocument.country}-${idDocument.number}`;
  return {
    CN: name,
    SUBJECT: `CN=${name}, serialNumber=${serial}, C=${idDocument.country}`,
    DATE: date,
    E: email,
    EMAIL: email,
    C: idDocument.country,
    SN: serial,
    SERIALNUMBER: serial,
    G: identity.givenName,
    L: '',
  };
}
