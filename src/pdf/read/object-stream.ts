/** Objects inside object streams (ISO 32000-2 §7.5.7). */
import { OssError } from '../../contract/errors.ts';
import { SyntaxParser } from '../syntax/parser.ts';
import { entryOf, integerOf, type PdfDictionary, type PdfItem, type SyntaxWindow } from '../syntax/values.ts';

const MAX_OBJECTS = 1_000_000;

const malformed = (): OssError => new OssError('OSS_PDF_MALFORMED', { reason: 'object stream' });

/** A decoded object stream: the table of its objects, which are parsed when asked for. */
export class ObjectStream {
  readonly #window: SyntaxWindow;
  /** Numbers of the objects, by index. */
  readonly numbers: Int32Array;
  readonly #offsets: Int32Array;

  constructor(dictionary: PdfDictionary, data: Uint8Array) {
    const count = integerOf(entryOf(dictionary, 'N')) ?? -1;
    const first = integerOf(entryOf(dictionary, 'First')) ?? -1;
    if (count < 0 || count > MAX_OBJECTS || first < 0 || first > data.length) throw malformed();
    this.#window = { bytes: data, fileOffset: undefined };
    this.numbers = new Int32Array(count);
    this.#offsets = new Int32Array(count);
    const parser = new SyntaxParser(this.#window, 0, true);
    for (let index = 0; index < count; index += 1) {
      const number = parser.takeUnsigned();
      const offset = parser.takeUnsigned();
      if (number === undefined || offset === undefined || first + offset > data.length) throw malformed();
      this.numbers[index] = number;
      this.#offsets[index] = first + offset;
    }
  }

  get size(): number {
    return this.#window.bytes.length;
  }

  /** @throws OSS_PDF_XREF_DAMAGED where the object at `index` is another one. */
  objectAt(index: number, number: number): PdfItem {
    const offset = this.#offsets[index];
    if (offset === undefined || this.numbers[index] !== number) {
      throw new OssError('OSS_PDF_XREF_DAMAGED', { reason: 'an entry does not lead to its object' });
    }
    return new SyntaxParser(this.#window, offset, true).parseItem();
  }
}
