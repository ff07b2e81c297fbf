/**
 * The object types of PDF (ISO 32000-2 §7.3). Every value inside an array or dictionary remembers the bytes
 * it was read from, so that an update can copy it unchanged: numbers are never printed again.
 */
export interface PdfNull {
  readonly kind: 'null';
}
export interface PdfBoolean {
  readonly kind: 'boolean';
  readonly value: boolean;
}
export interface PdfNumber {
  readonly kind: 'number';
  readonly value: number;
}
export interface PdfName {
  readonly kind: 'name';
  readonly value: string;
}
/** `bytes` are the decoded and, after loading, decrypted bytes. */
export interface PdfString {
  readonly kind: 'string';
  readonly bytes: Uint8Array;
}
export interface PdfReference {
  readonly kind: 'reference';
  readonly number: number;
  readonly generation: number;
}
export interface PdfArray {
  readonly kind: 'array';
  readonly items: readonly PdfItem[];
}
export interface PdfDictionary {
  readonly kind: 'dictionary';
  readonly entries: ReadonlyMap<string, PdfItem>;
  /** Keys that stand in it more than once, where readers disagree which value counts (§7.3.7). */
  readonly repeated?: readonly string[];
}
/** The data of a stream stay in the file; `dataOffset` is where they begin. */
export interface PdfStream {
  readonly kind: 'stream';
  readonly dictionary: PdfDictionary;
  readonly dataOffset: number;
}
export type PdfValue =
  | PdfNull
  | PdfBoolean
  | PdfNumber
  | PdfName
  | PdfString
  | PdfReference
  | PdfArray
  | PdfDictionary
  | PdfStream;

/** A piece of the file, or of a decoded object stream, in which values were found. */
export interface SyntaxWindow {
  readonly bytes: Uint8Array;
  /** Offset of the first byte in the file; undefined inside an object stream. */
  readonly fileOffset: number | undefined;
}

export interface PdfItem {
  readonly value: PdfValue;
  readonly window: SyntaxWindow;
  readonly start: number;
  readonly end: number;
}

export const NULL: PdfNull = Object.freeze({ kind: 'null' });
export const EMPTY_DICTIONARY: PdfDictionary = Object.freeze({ kind: 'dictionary', entries: new Map() });

/** The bytes of a value exactly as they stand in the file. */
export const rawBytes = (item: PdfItem): Uint8Array => item.window.bytes.subarray(item.start, item.end);

/** Where a value stands in the file, or undefined for a value inside an object stream. */
export function fileRange(item: PdfItem): { start: number; end: number } | undefined {
  const { fileOffset } = item.window;
  return fileOffset === undefined
    ? undefined
    : { start: fileOffset + item.start, end: fileOffset + item.end };
}

/** The direct value of an entry; a missing entry is null (ISO 32000-2 §7.3.7). */
export const entryOf = (dictionary: PdfDictionary, key: string): PdfValue =>
  dictionary.entries.get(key)?.value ?? NULL;

export const integerOf = (value: PdfValue): number | undefined =>
  value.kind === 'number' && Number.isSafeInteger(value.value) ? value.value : undefined;

export const nameOf = (value: PdfValue): string | undefined =>
  value.kind === 'name' ? value.value : undefined;

export const dictionaryOf = (value: PdfValue): PdfDictionary | undefined =>
  value.kind === 'dictionary' ? value : value.kind === 'stream' ? value.dictionary : undefined;

export const referenceKey = (reference: PdfReference): string =>
  `${reference.number} ${reference.generation} R`;
