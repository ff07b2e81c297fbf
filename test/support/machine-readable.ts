/** Machine readable zones of people who do not exist, made as ICAO 9303 parts 3 to 6 say. */

export interface Holder {
  /** ISO 3166 alpha-3, or what ICAO 9303-3 §5 has in its place. */
  readonly state: string;
  /** As in a zone: capital letters, a filler between words. */
  readonly surname: string;
  /** Empty for a person of one name. */
  readonly given: string;
  /** Nine characters at most. */
  readonly number: string;
  /** YYMMDD. */
  readonly born: string;
  readonly expires: string;
  /** What the state adds: on a Spanish card the DNI. */
  readonly addition?: string;
}

export type ZoneFormat = 'TD1' | 'TD2' | 'TD3';

/** ICAO 9303-3 §4.9: weights 7, 3, 1; letters count from ten. */
export function checkDigit(text: string): string {
  const worthOf = (character: string): number => (character === '<' ? 0 : Number.parseInt(character, 36));
  const sum = [...text].reduce(
    (total, character, at) => total + worthOf(character) * ([7, 3, 1][at % 3] ?? 0),
    0,
  );
  return String(sum % 10);
}

const filled = (text: string, length: number): string => text.padEnd(length, '<').slice(0, length);
const checked = (text: string): string => text + checkDigit(text);

/** Lines as they are printed. */
export function zoneOf(format: ZoneFormat, holder: Holder): string[] {
  const { state, surname, given, addition = '' } = holder;
  const names = given === '' ? surname : `${surname}<<${given}`;
  const number = checked(filled(holder.number, 9));
  const [born, expires] = [checked(holder.born), checked(holder.expires)];
  const issuer = filled(state, 3);
  if (format === 'TD1') {
    const [first, other] = [number + filled(addition, 15), filled('', 11)];
    const overAll = checkDigit(first + born + expires + other);
    return [`ID${issuer}${first}`, `${born}F${expires}${issuer}${other}${overAll}`, filled(names, 30)];
  }
  const [length, code] = format === 'TD2' ? [36, 'I<'] : [44, 'P<'];
  const own = format === 'TD2' ? filled(addition, 7) : checked(filled(addition, 14));
  const overAll = checkDigit(number + born + expires + own);
  return [
    `${code}${filled(issuer + names, length - 2)}`,
    `${number}${issuer}${born}F${expires}${own}${overAll}`,
  ];
}
