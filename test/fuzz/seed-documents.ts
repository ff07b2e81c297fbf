/** What the fuzzer starts from: the corpus, and small documents in which every structure stands in clear. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { plainPdf } from '../../src/pdf/plain-pdf.fixture.ts';

/** An object as it stands in a seed, without the data of a stream. */
export interface SeedObject {
  readonly number: number;
  readonly generation: number;
  readonly body: string;
}

export interface Seed {
  readonly name: string;
  readonly bytes: Buffer;
  readonly password: string | undefined;
  readonly objects: readonly SeedObject[];
  readonly startXref: number;
  /** /Root, /Encrypt and /ID as they are written. */
  readonly trailer: string;
  readonly size: number;
}

/** How many small documents come first among the seeds. */
export const SMALL_DOCUMENTS = 4;

export function loadSeeds(corpusFolder: string): Seed[] {
  const corpus = readdirSync(corpusFolder)
    .filter((name) => name.endsWith('.pdf'))
    .sort()
    .map((name) =>
      seedOf(name, readFileSync(join(corpusFolder, name)), name.includes('userpw') ? 'user' : undefined),
    )
    .filter(({ bytes }) => bytes.length > 100);
  return [...smallDocuments(), ...corpus];
}

export function seedOf(name: string, bytes: Buffer, password?: string): Seed {
  const text = bytes.toString('latin1');
  const objects = [...text.matchAll(/(\d+) (\d+) obj\s*([\s\S]*?)(?=endobj|stream\r?\n)/g)].map(
    ([, number, generation, body = '']): SeedObject => ({
      number: Number(number),
      generation: Number(generation),
      body: body.slice(0, 4_000),
    }),
  );
  const entries = ['Root', 'Encrypt', 'ID'].map((key) => {
    const value = new RegExp(`/${key}\\s*(\\d+ \\d+ R|\\[[^\\]]*\\])`).exec(text)?.[1];
    return value ? `/${key} ${value}` : '';
  });
  return {
    name,
    bytes,
    password,
    objects,
    startXref: Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1] ?? 0),
    trailer: entries.join(' '),
    size: 1 + Math.max(0, ...objects.map(({ number }) => number)),
  };
}

function smallDocuments(): Seed[] {
  const form = plainPdf({
    catalog: '/AcroForm <</Fields [4 0 R 5 0 R] /SigFlags 3>> /OpenAction <</S /JavaScript /JS (x)>>',
    page: '/Annots [4 0 R 5 0 R] /Rotate 90 /UserUnit 2',
    objects: [
      '<</FT /Sig /T (a) /Rect [1 2 3 4] /Subtype /Widget /Lock <</Action /Include /Fields [(b)] /P 2>> /SV <</Ff 8 /Reasons [(x)]>>>>',
      '<</FT /Tx /T (b) /Kids [6 0 R] /Parent 4 0 R>>',
      '<</Subtype /Widget /Rect [0 0 0 0] /T (c)>>',
    ],
  });
  const tree = plainPdf({
    catalog: '/Names <</Dests 4 0 R>> /Extensions <</ESIC <</BaseVersion /1.7 /ExtensionLevel 1>>>>',
    objects: ['<</Kids [5 0 R] /Limits [(a) (z)]>>', '<</Names [(a) 3 0 R]>>'],
  });
  return [
    seedOf('form', form),
    seedOf('tree', tree),
    seedOf('streams', withStreams(false)),
    seedOf('deflated streams', withStreams(true)),
  ];
}

/** A document whose catalog and page stand in an object stream, and whose cross-reference is a stream. */
function withStreams(deflated: boolean): Buffer {
  const inside = ['<</Type /Catalog /Pages 2 0 R>>', '<</Type /Pages /Kids [3 0 R] /Count 1>>'];
  const heads = `1 0 2 ${inside[0]?.length ?? 0} `;
  const packed = (data: Buffer): Buffer => (deflated ? deflateSync(data) : data);
  const filter = deflated ? '/Filter /FlateDecode' : '';
  const objects = packed(Buffer.from(heads + inside.join(''), 'latin1'));
  const chunks: Uint8Array[] = [Buffer.from('%PDF-1.5\n')];
  const offsets: number[] = [];
  const add = (number: number, dictionary: string, data?: Buffer): void => {
    offsets[number] = chunks.reduce((sum, { length }) => sum + length, 0);
    const stream = data ? [Buffer.from('\nstream\n'), data, Buffer.from('\nendstream')] : [];
    chunks.push(Buffer.from(`${number} 0 obj\n${dictionary}`), ...stream, Buffer.from('\nendobj\n'));
  };
  add(3, '<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9]>>');
  add(4, `<</Type /ObjStm /N 2 /First ${heads.length} ${filter} /Length ${objects.length}>>`, objects);
  const start = chunks.reduce((sum, { length }) => sum + length, 0);
  const row = (type: number, field: number, last: number) => [type, field >> 8, field & 255, last];
  const rows = [
    row(0, 0, 255),
    row(2, 4, 0),
    row(2, 4, 1),
    row(1, offsets[3] ?? 0, 0),
    row(1, offsets[4] ?? 0, 0),
  ];
  const table = packed(Buffer.from([...rows, row(1, start, 0)].flat()));
  add(
    5,
    `<</Type /XRef /W [1 2 1] /Index [0 6] /Size 6 /Root 1 0 R ${filter} /Length ${table.length}>>`,
    table,
  );
  chunks.push(Buffer.from(`startxref\n${start}\n%%EOF\n`));
  return Buffer.concat(chunks);
}
