/** Indirect objects as they stand in the file: `n g obj … endobj` (ISO 32000-2 §7.3.10). */
import { OssError } from '../../contract/errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { CR, LF } from '../syntax/characters.ts';
import type { SyntaxParser } from '../syntax/parser.ts';
import type { PdfItem, PdfValue } from '../syntax/values.ts';
import { parseAt } from './window.ts';

export interface FileObject {
  readonly number: number;
  readonly generation: number;
  readonly item: PdfItem;
}

/** @throws OSS_PDF_XREF_DAMAGED where no object begins at `offset`. */
export function readObjectAt(source: ByteSource, offset: number): Promise<FileObject> {
  return parseAt(source, offset, (parser) => {
    const number = parser.takeUnsigned();
    const generation = parser.takeUnsigned();
    if (number === undefined || generation === undefined || !parser.takeKeyword('obj')) {
      throw new OssError('OSS_PDF_XREF_DAMAGED', { reason: 'an entry does not lead to its object' });
    }
    const item = parser.parseItem();
    const value = withStreamData(parser, item.value, offset);
    parser.detach();
    return { number, generation, item: { ...item, value } };
  });
}

/** The keyword `stream` is followed by CR LF or LF, then the data (§7.3.8.1). */
function withStreamData(parser: SyntaxParser, value: PdfValue, offset: number): PdfValue {
  if (value.kind !== 'dictionary' || !parser.takeKeyword('stream')) return value;
  let { position } = parser;
  if (parser.byteAt(position) === CR) position += 1;
  if (parser.byteAt(position) === LF) position += 1;
  return { kind: 'stream', dictionary: value, dataOffset: offset + position };
}
