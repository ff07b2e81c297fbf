/** Appearances as existing clients of the One-Shot API write them, in our own words. */
import { timeZoneSchema, type VisibleSignature } from '../../contract/model/appearance.ts';

export interface VendorFormat {
  /** Lines with variables such as %(CN)s. */
  readonly text?: readonly string[];
  /** In the directives of C and Python: %d/%m/%Y %H:%M:%S. */
  readonly dateFormat?: string;
  readonly timeZone?: string;
}

/** Never fails: what the vendor's own server takes must go on working. */
export function appearanceFromVendor({
  text,
  dateFormat,
  timeZone = 'UTC',
}: VendorFormat): Pick<VisibleSignature, 'text' | 'dateFormat' | 'timeZone'> {
  return {
    timeZone: knownTimeZone(timeZone),
    ...(text === undefined ? {} : { text: text.map(translateLine) }),
    ...(dateFormat === undefined || dateFormat === '' ? {} : { dateFormat: translateDateFormat(dateFormat) }),
  };
}

const VARIABLES: Readonly<Record<string, string>> = Object.freeze({
  CN: '{name}',
  SUBJECT: '{subject}',
  DATE: '{date}',
  E: '{email}',
  EMAIL: '{email}',
  L: '{location}',
});

/** The documents write `%(CN)` and `%(CN)s`; braces are nothing special there. */
const translateLine = (line: string): string =>
  line
    .replaceAll(/[{}]/g, '$&$&')
    .replaceAll(/%\((\w+)\)s?/g, (whole, name: string) => VARIABLES[name.toUpperCase()] ?? whole);

/** The sample of the documents names a zone that does not exist. */
function knownTimeZone(name: string): string {
  if (timeZoneSchema.safeParse(name).success) return name;
  return name === 'Europe/Barcelona' ? 'Europe/Madrid' : 'UTC';
}

/** strftime (ISO C 7.29.3.5) in tokens of Unicode; `-` takes the leading zero away. */
const DIRECTIVES: Readonly<Record<string, string>> = Object.freeze({
  a: 'EEE',
  A: 'EEEE',
  b: 'MMM',
  B: 'MMMM',
  d: 'dd',
  '-d': 'd',
  e: 'd',
  D: 'MM/dd/yy',
  f: 'SSS',
  F: 'yyyy-MM-dd',
  H: 'HH',
  '-H': 'H',
  I: 'hh',
  '-I': 'h',
  j: 'ooo',
  m: 'MM',
  '-m': 'M',
  M: 'mm',
  p: 'a',
  R: 'HH:mm',
  S: 'ss',
  T: 'HH:mm:ss',
  y: 'yy',
  Y: 'yyyy',
  z: 'ZZZ',
  Z: 'ZZZZ',
});

/** Everything that is no directive stands in quotes; the quote itself cannot, so it becomes an apostrophe. */
const translateDateFormat = (format: string): string =>
  format.replaceAll(/%(-?[A-Za-z])|%%|[^%]+|%/g, (whole, directive: string | undefined) => {
    const token = directive === undefined ? undefined : DIRECTIVES[directive];
    if (token !== undefined) return token;
    return `'${(whole === '%%' ? '%' : whole).replaceAll("'", '’')}'`;
  });
