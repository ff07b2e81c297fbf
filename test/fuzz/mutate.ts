/** Damage that knows the structure of a PDF: most of it survives the first glance of a reader. */
import { oneOf, type Random } from './random.ts';
import type { Seed } from './seed-documents.ts';

const KEYS = [
  ...[
    'Type',
    'Kids',
    'Count',
    'Parent',
    'Prev',
    'Size',
    'Root',
    'Length',
    'Filter',
    'DecodeParms',
    'W',
    'Index',
  ],
  ...[
    'First',
    'N',
    'Extends',
    'XRefStm',
    'Encrypt',
    'ID',
    'AcroForm',
    'Fields',
    'FT',
    'T',
    'V',
    'Lock',
    'SV',
    'Ff',
  ],
  ...[
    'Perms',
    'DocMDP',
    'ByteRange',
    'Contents',
    'Reference',
    'TransformParams',
    'P',
    'Action',
    'MediaBox',
    'Rotate',
  ],
  ...[
    'Annots',
    'Rect',
    'AP',
    'DSS',
    'VRI',
    'Certs',
    'Extensions',
    'Metadata',
    'Names',
    'OCProperties',
    'Version',
  ],
];
const NUMBERS = [
  '0',
  '-1',
  '1',
  '2',
  '3',
  '255',
  '65535',
  '65536',
  '8388608',
  '2147483647',
  '4294967295',
  '1e9',
  '.',
  '-',
];
const SYNTAX = [
  '<<',
  '>>',
  '[',
  ']',
  '(',
  ')',
  '<',
  '>',
  '/',
  '%',
  ' R',
  'obj',
  'endobj',
  'stream\n',
  'endstream',
  '\0',
];
const FRAMES = [
  'xref\n',
  'trailer\n',
  'startxref\n',
  '%%EOF',
  '%PDF-1.7',
  '99999999999999999999',
  '[['.repeat(150),
];

export function mutate(seed: Seed, seeds: readonly Seed[], random: Random): Buffer {
  let bytes = seed.bytes;
  for (let edits = 1 + random(3); edits > 0 && bytes.length > 0; edits -= 1) {
    bytes = random(3) === 0 ? appendRevision(bytes, seed, random) : edit(bytes, seed, seeds, random);
  }
  return bytes;
}

/** One object, in a new revision that says something else. */
function appendRevision(bytes: Buffer, seed: Seed, random: Random): Buffer {
  if (seed.objects.length === 0) return bytes;
  let text = '\n';
  let entries = '';
  for (let count = 1 + random(3); count > 0; count -= 1) {
    const { number, generation, body } = oneOf(seed.objects, random);
    const offset = String(bytes.length + text.length).padStart(10, '0');
    text += `${number} ${generation} obj\n${altered(body, seed, random)}\nendobj\n`;
    entries += `${number} 1\n${offset} ${String(generation).padStart(5, '0')} n \n`;
  }
  const start = bytes.length + text.length;
  const previous = random(8) === 0 ? random(bytes.length) : seed.startXref;
  const extra = random(4) === 0 ? `/${oneOf(KEYS, random)} ${valueFor(seed, random)}` : '';
  const trailer = `trailer\n<<${seed.trailer} /Size ${seed.size} /Prev ${previous} ${extra}>>\n`;
  return Buffer.concat([
    bytes,
    Buffer.from(`${text}xref\n${entries}${trailer}startxref\n${start}\n%%EOF\n`, 'latin1'),
  ]);
}

/** The same object with another value for one of its keys, or with one key more. */
function altered(body: string, seed: Seed, random: Random): string {
  const places = [...body.matchAll(/\/(\w+)\s*(\d+ \d+ R|-?[\d.]+|\/\w+|\([^)]*\)|\[[^\]]*\])/g)];
  if (places.length > 0 && random(3) > 0) {
    const place = oneOf(places, random);
    const at = place.index + place[0].length - (place[2]?.length ?? 0);
    return `${body.slice(0, at)}${valueFor(seed, random)}${body.slice(place.index + place[0].length)}`;
  }
  const end = body.lastIndexOf('>>');
  return end < 0
    ? valueFor(seed, random)
    : `${body.slice(0, end)}/${oneOf(KEYS, random)} ${valueFor(seed, random)}>>`;
}

function valueFor(seed: Seed, random: Random): string {
  const reference = () => `${random(seed.size + 1)} 0 R`;
  switch (random(7)) {
    case 0:
      return oneOf(NUMBERS, random);
    case 1:
      return reference();
    case 2:
      return `/${oneOf(KEYS, random)}`;
    case 3:
      return `[${reference()} ${reference()} ${oneOf(NUMBERS, random)}]`;
    case 4:
      return `<</${oneOf(KEYS, random)} ${reference()}>>`;
    case 5:
      return oneOf(['()', '<>', '(\\', '(a.b)', '<FEFF00>', 'null', 'true'], random);
    default:
      return oneOf(SYNTAX, random);
  }
}

/** Damage to the bytes; what keeps the length keeps the offsets right. */
function edit(bytes: Buffer, seed: Seed, seeds: readonly Seed[], random: Random): Buffer {
  const at = random(bytes.length);
  const fragment = Buffer.from(random(2) === 0 ? oneOf(SYNTAX, random) : oneOf(FRAMES, random), 'latin1');
  switch (random(9)) {
    case 0:
      return overwritten(bytes, at, Buffer.from([random(256)]));
    case 1:
    case 2:
      return digitChanged(bytes, at, random);
    case 3:
      return bytes.subarray(0, at);
    case 4:
      return Buffer.concat([bytes.subarray(0, at), fragment, bytes.subarray(at)]);
    case 5:
      return overwritten(bytes, at, fragment);
    case 6:
      return overwritten(bytes, at, Buffer.from(valueFor(seed, random), 'latin1'));
    case 7: {
      const other = oneOf(seeds, random).bytes;
      const from = random(other.length);
      return Buffer.concat([
        bytes.subarray(0, at),
        other.subarray(from, from + random(600)),
        bytes.subarray(at),
      ]);
    }
    default:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + random(200)))]);
  }
}

function overwritten(bytes: Buffer, at: number, by: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  by.copy(copy, at);
  return copy;
}

/** Offsets, counts and lengths are digits. */
function digitChanged(bytes: Buffer, at: number, random: Random): Buffer {
  for (let i = at; i < Math.min(bytes.length, at + 2_000); i += 1) {
    const byte = bytes[i] ?? 0;
    if (byte >= 0x30 && byte <= 0x39) return overwritten(bytes, i, Buffer.from([0x30 + random(10)]));
  }
  return bytes;
}
