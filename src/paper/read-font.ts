import * as fontkit from 'fontkit';

/** @throws RangeError for a collection of typefaces */
export function readFont(file: Buffer): fontkit.Font {
  const font = fontkit.create(file);
  if (!('unitsPerEm' in font)) throw new RangeError('a collection of typefaces is not one');
  return font;
}
