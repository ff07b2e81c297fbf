/** The map from glyph numbers to characters, so that the text can be searched and copied (ISO 32000-2 §9.10.3). */
const MAX_ENTRIES_PER_BLOCK = 100;

interface MappedGlyph {
  readonly id: number;
  readonly text: string;
}

const HEAD = `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
`;
const TAIL = `endcmap
CMapName currentdict /CMap defineresource pop
end
end
`;

const hex = (value: number): string => value.toString(16).padStart(4, '0');

/** UTF-16BE; a ligature stands for several characters. */
const utf16 = (text: string): string =>
  Array.from({ length: text.length }, (_, unit) => hex(text.charCodeAt(unit))).join('');

export function toUnicodeMap(glyphs: readonly MappedGlyph[]): string {
  let map = HEAD;
  for (let start = 0; start < glyphs.length; start += MAX_ENTRIES_PER_BLOCK) {
    const block = glyphs.slice(start, start + MAX_ENTRIES_PER_BLOCK);
    map += `${block.length} beginbfchar\n`;
    for (const { id, text } of block) map += `<${hex(id)}> <${utf16(text)}>\n`;
    map += 'endbfchar\n';
  }
  return map + TAIL;
}
