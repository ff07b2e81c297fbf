/** Signatures that are sound in themselves but cover other bytes than they should (ISO 32000-2 §12.8.1). */
import type { Attack, WrongRange } from './attack.ts';

const family = 'Byte range';

export const BYTE_RANGE: readonly Attack[] = [
  wrong('startsLate', 'a range that begins behind the header'),
  wrong(
    'endsEarly',
    'a range that ends before the end of its version',
    'DSS passes it. What the range leaves out can be exchanged: here the end of the file, which says where reading begins.',
  ),
  wrong('largeHole', 'a hole that is larger than the signature value'),
  wrong('threeParts', 'a range of three parts'),
  wrong(
    'twoRanges',
    'two ranges, of which readers take the first or the last',
    'DSS takes the last one, which is right. A program that takes the first one checks other bytes: what a signature covers must not depend on who reads it.',
  ),
];

function wrong(range: WrongRange, what: string, because?: string): Attack {
  return {
    family,
    name: `range-${range.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    what,
    expected: 'invalid',
    finding: 'coverageWrong',
    ...(because === undefined ? {} : { because }),
    make: ({ wrongRange }) => wrongRange[range],
  };
}
