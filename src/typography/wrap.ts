/** Lines of text that fit; a word that is longer than a line, such as an address or a hash, is broken. */
import { charactersOf } from './characters.ts';

export function wrapText(text: string, fits: (line: string) => boolean): string[] {
  const lines: string[] = [];
  let line: string | undefined;
  for (const word of text.split(/ +/)) {
    const longer = line === undefined ? word : `${line} ${word}`;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    if (line !== undefined) lines.push(line);
    const pieces = breakWord(word, fits);
    line = pieces.pop();
    lines.push(...pieces);
  }
  return line === undefined ? lines : [...lines, line];
}

/** Between any two characters, never between a letter and its marks. */
function breakWord(word: string, fits: (text: string) => boolean): string[] {
  if (fits(word)) return [word];
  const pieces: string[] = [];
  let piece = '';
  for (const character of charactersOf(word)) {
    if (piece !== '' && !fits(piece + character)) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}
