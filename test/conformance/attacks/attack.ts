import type { ChangeKind, CheckReason } from '../../../src/contract/model/verification.ts';

/** Signed files that attacks start from. */
export interface Bases {
  /** The contract, signed by our product. */
  readonly signed: Buffer;
  /** A contract whose page names a drawing that the file lacks, signed by our product. */
  readonly signedWithGap: Buffer;
  /** The same as `signed`, and then a second signature by our product. */
  readonly signedTwice: Buffer;
  /** The same, certified: nothing, filling in, or annotations are permitted afterwards. */
  readonly certified: Readonly<Record<1 | 2 | 3, Buffer>>;
  /** The same, with a signature that locks the field `amount`. */
  readonly locked: Buffer;
  /** `signed`, and then a second sound signature with a mark over the text, or where the page is blank. */
  readonly marked: Readonly<Record<'overText' | 'blank', Buffer>>;
  /** Signatures over the wrong bytes, sound in themselves. */
  readonly wrongRange: Readonly<Record<WrongRange, Buffer>>;
}
export type WrongRange = 'startsLate' | 'endsEarly' | 'largeHole' | 'threeParts' | 'twoRanges';

export interface Attack {
  /** Name of the file. */
  readonly name: string;
  readonly family: Family;
  /** What was done, for the table. */
  readonly what: string;
  /** Our verdict on the file; `refused`: it is not read at all. */
  readonly expected: 'valid' | 'undecided' | 'invalid' | 'refused';
  /** What our verdict must rest on. */
  readonly finding?: ChangeKind | CheckReason;
  /** Why another judge sees it in a different way; needed exactly where one does. */
  readonly because?: string;
  readonly make: (bases: Bases) => Buffer;
}

export type Family =
  | 'Incremental saving (ISA)'
  | 'Signature forgery (USF)'
  | 'Signature wrapping (SWA)'
  | 'Byte range'
  | 'Shadow'
  | 'Certification'
  | 'Marks'
  | 'Structure'
  | 'Permitted';
