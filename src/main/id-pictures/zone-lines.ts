/** Lines as a camera and a reader of letters see them, brought to the form in which a document has them. */

/** Lines of a zone, their characters, and which of them has the names (ICAO 9303 parts 5, 6 and 4). */
export interface ZoneFormat {
  readonly lines: number;
  readonly length: number;
  readonly names: number;
}
export const ZONE_FORMATS: readonly ZoneFormat[] = Object.freeze([
  { lines: 3, length: 30, names: 2 },
  { lines: 2, length: 36, names: 0 },
  { lines: 2, length: 44, names: 0 },
]);

/** Fillers are lost or seen twice, most of all where many of them stand side by side. */
const SLACK = 4;
/** Of the fillers behind a name nearly all may be lost, and each may be taken for several letters. */
const SHORTEST_LINE = 25;
const LONGEST_LINE = 70;

/** Lines of text that may be of a zone: nothing but its characters, and long enough. @param text as it was read */
export const likelyLines = (text: string): string[] =>
  text
    .toUpperCase()
    .split(/\r?\n/)
    .map((line) => line.replaceAll(/[^A-Z0-9<]/g, ''))
    .filter((line) => line.length >= SHORTEST_LINE && line.length <= LONGEST_LINE && line.includes('<'));

/** Every way in which neighbouring lines make a zone of this format, each line of its length. */
export function* zonesOf(seen: readonly string[], format: ZoneFormat): Generator<readonly string[]> {
  const { lines, length, names } = format;
  for (let at = 0; at + lines <= seen.length; at += 1) {
    const zone = seen.slice(at, at + lines);
    if (zone.every((line, row) => row === names || Math.abs(line.length - length) <= SLACK))
      yield zone.map((line) => fitted(line, length));
  }
}

/**
 * A line of exactly this length. What is too little or too much is taken to be fillers: of the run before the check
 * digits that end the line, where there is one, so that these stay in their place; otherwise of the end.
 */
function fitted(line: string, length: number): string {
  const [, start = '', fillers = '', checks = ''] = /^(.*?)(<+)(\d{1,2})$/.exec(line) ?? [];
  const wanted = length - start.length - checks.length;
  if (fillers !== '' && wanted > 0) return start + '<'.repeat(wanted) + checks;
  return line.padEnd(length, '<').slice(0, length);
}
