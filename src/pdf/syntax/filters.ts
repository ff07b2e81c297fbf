/** Stream filters that structural streams use (ISO 32000-2 §7.4): Flate with predictors. */
import { constants, inflateSync } from 'node:zlib';
import { OssError } from '../../contract/errors.ts';
import { dictionaryOf, EMPTY_DICTIONARY, entryOf, integerOf, nameOf, type PdfDictionary } from './values.ts';

/** No structural stream of a sane document inflates to more than this. */
export const MAX_INFLATED = 32 * 1024 * 1024;

/** A structural stream is compressed once, and perhaps written in letters. */
const MAX_FILTERS = 4;

/** Decodes the data of a stream. @throws OSS_PDF_MALFORMED (damaged or unknown filter) and OSS_PDF_LIMIT. */
export function decodeStreamData(dictionary: PdfDictionary, data: Uint8Array): Uint8Array {
  const filter = entryOf(dictionary, 'Filter');
  const parms = entryOf(dictionary, 'DecodeParms');
  const filters = filter.kind === 'array' ? filter.items.map((item) => item.value) : [filter];
  const parameters = parms.kind === 'array' ? parms.items.map((item) => item.value) : [parms];
  if (filters.length > MAX_FILTERS) throw new OssError('OSS_PDF_LIMIT', { reason: 'filters of a stream' });
  let result = data;
  for (const [index, one] of filters.entries()) {
    const name = nameOf(one);
    const options = dictionaryOf(parameters[index] ?? one) ?? EMPTY_DICTIONARY;
    if (one.kind === 'null' || name === 'Crypt') continue; // decryption happened before
    if (name !== 'FlateDecode' && name !== 'Fl') {
      throw new OssError('OSS_PDF_MALFORMED', { reason: 'structural stream with an unexpected filter' });
    }
    result = undoPredictor(inflate(result), options);
  }
  return result;
}

function inflate(data: Uint8Array): Uint8Array {
  try {
    // Some producers leave out the end of the deflate stream; what was decoded so far is still right.
    return inflateSync(data, { maxOutputLength: MAX_INFLATED, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (cause) {
    const tooLarge = cause instanceof RangeError;
    throw new OssError(
      tooLarge ? 'OSS_PDF_LIMIT' : 'OSS_PDF_MALFORMED',
      { reason: 'compressed stream' },
      { cause },
    );
  }
}

/** PNG predictors (§7.4.4.4); TIFF predictor 2 does not occur in structural streams. */
function undoPredictor(data: Uint8Array, parameters: PdfDictionary): Uint8Array {
  const predictor = integerOf(entryOf(parameters, 'Predictor')) ?? 1;
  if (predictor === 1) return data;
  const columns = integerOf(entryOf(parameters, 'Columns')) ?? 1;
  const colors = integerOf(entryOf(parameters, 'Colors')) ?? 1;
  const bits = integerOf(entryOf(parameters, 'BitsPerComponent')) ?? 8;
  if (predictor < 10 || colors !== 1 || bits !== 8 || columns < 1 || columns > 1024) {
    throw new OssError('OSS_PDF_MALFORMED', { reason: 'structural stream with an unexpected predictor' });
  }
  const rows = Math.floor(data.length / (columns + 1));
  const result = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row += 1) undoPngRow(data, result, row, columns);
  return result;
}

function undoPngRow(data: Uint8Array, result: Uint8Array, row: number, columns: number): void {
  const from = row * (columns + 1);
  const to = row * columns;
  const type = data[from] ?? 0;
  for (let column = 0; column < columns; column += 1) {
    const left = column > 0 ? (result[to + column - 1] ?? 0) : 0;
    const above = row > 0 ? (result[to + column - columns] ?? 0) : 0;
    const aboveLeft = row > 0 && column > 0 ? (result[to + column - columns - 1] ?? 0) : 0;
    result[to + column] = (data[from + 1 + column] ?? 0) + pngPrediction(type, left, above, aboveLeft);
  }
}

function pngPrediction(type: number, left: number, above: number, aboveLeft: number): number {
  switch (type) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return (left + above) >> 1;
    case 4: {
      const estimate = left + above - aboveLeft;
      const toLeft = Math.abs(estimate - left);
      const toAbove = Math.abs(estimate - above);
      const toCorner = Math.abs(estimate - aboveLeft);
      if (toLeft <= toAbove && toLeft <= toCorner) return left;
      return toAbove <= toCorner ? above : aboveLeft;
    }
    default:
      throw new OssError('OSS_PDF_MALFORMED', { reason: 'unknown PNG predictor' });
  }
}
