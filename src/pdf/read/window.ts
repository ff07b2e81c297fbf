/** Runs the parser at an offset of the file with as small a window as the object needs. */
import { OssError } from '../../contract/errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { EndOfWindow, SyntaxParser } from '../syntax/parser.ts';

const FIRST_WINDOW = 2 * 1024;
const GROWTH = 8;
const MAX_WINDOW = 64 * 1024 * 1024;

/** @throws OSS_PDF_LIMIT for an object larger than 64 MB; `parse` may be called again with a larger window. */
export async function parseAt<T>(
  source: ByteSource,
  offset: number,
  parse: (parser: SyntaxParser) => T,
): Promise<T> {
  for (let length = FIRST_WINDOW; length <= MAX_WINDOW; length *= GROWTH) {
    const bytes = await source.read(offset, length);
    const isFinal = offset + bytes.length >= source.size;
    try {
      return parse(new SyntaxParser({ bytes, fileOffset: offset }, 0, isFinal));
    } catch (thrown) {
      if (!(thrown instanceof EndOfWindow)) throw thrown;
    }
  }
  throw new OssError('OSS_PDF_LIMIT', { reason: 'an object is too large' });
}
