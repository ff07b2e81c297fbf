/** PDFs that ask a reader for more than they are worth: each a known way to make a program slow or large. */
import { deflateSync } from 'node:zlib';

/** An object's number and what stands between `obj` and `endobj`. */
type Body = string | Buffer;

const PAGE = '<</Type /Page /Parent 2 0 R /MediaBox [0 0 200 200]>>';
const PAGES = '<</Type /Pages /Kids [3 0 R] /Count 1>>';
const FIRST_FREE = 4;

const streamOf = (dictionary: string, data: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`<<${dictionary} /Length ${data.length}>>\nstream\n`),
    data,
    Buffer.from('\nendstream'),
  ]);

/** Writes objects and revisions as a program would. */
class Writer {
  readonly #parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  #size = 9;
  #previous: number | undefined;
  #objects = 1;

  get size(): number {
    return this.#size;
  }

  raw(part: Body): number {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'latin1') : part;
    this.#parts.push(bytes);
    const offset = this.#size;
    this.#size += bytes.length;
    return offset;
  }

  /** One revision with a table; `trailer` is added to what every trailer has. */
  revision(objects: ReadonlyMap<number, Body>, trailer = ''): void {
    let table = '';
    const offsets = new Map<number, number>();
    for (const [number, body] of objects) {
      offsets.set(number, this.raw(`${number} 0 obj\n`));
      this.raw(body);
      this.raw('\nendobj\n');
      this.#objects = Math.max(this.#objects, number + 1);
    }
    let next = -1;
    let run: string[] = [];
    const flush = (): void => {
      if (run.length > 0) table += `${next - run.length} ${run.length}\n${run.join('')}`;
      run = [];
    };
    for (const [number, offset] of [...offsets].sort((a, b) => a[0] - b[0])) {
      if (number !== next) flush();
      run.push(`${String(offset).padStart(10, '0')} 00000 n \n`);
      next = number + 1;
    }
    flush();
    const previous = this.#previous === undefined ? '' : ` /Prev ${this.#previous}`;
    const at = this.raw(
      `xref\n${table}trailer\n<</Size ${this.#objects} /Root 1 0 R${previous}${trailer}>>\n`,
    );
    this.raw(`startxref\n${at}\n%%EOF\n`);
    this.#previous = at;
  }

  bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }
}

/** A document of one page with these objects, and these entries in its catalog and its page. */
function documentWith(
  objects: readonly (readonly [number, Body])[],
  { catalog = '', page = PAGE, pages = PAGES }: { catalog?: string; page?: Body; pages?: Body } = {},
): Buffer {
  const writer = new Writer();
  writer.revision(
    new Map<number, Body>([
      [1, `<</Type /Catalog /Pages 2 0 R ${catalog}>>`],
      [2, pages],
      [3, page],
      ...objects,
    ]),
  );
  return writer.bytes();
}

const times = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join(' ');
const references = (count: number, first = FIRST_FREE): string =>
  times(count, (index) => `${first + index} 0 R`);
const numbered = (count: number, make: (index: number) => Body, first = FIRST_FREE): [number, Body][] =>
  Array.from({ length: count }, (_, index) => [first + index, make(index)]);

const form = (count: number, entries = ''): string =>
  `/AcroForm <</Fields [${references(count)}] ${entries}>>`;
const HOLE = 64;

/** Signatures whose values are none, in one revision each. The table of contents grows with the square, as real ones do. */
export function signedOften(count: number): Buffer {
  const writer = new Writer();
  writer.revision(
    new Map([
      [1, '<</Type /Catalog /Pages 2 0 R /AcroForm 4 0 R>>'],
      [2, PAGES],
      [3, PAGE],
      [4, '<</Fields []>>'],
    ]),
  );
  for (let index = 0; index < count; index += 1) {
    const [field, value] = [5 + 2 * index, 6 + 2 * index];
    const fields = Array.from({ length: index + 1 }, (_, earlier) => `${5 + 2 * earlier} 0 R`).join(' ');
    const start = writer.size + `${value} 0 obj\n`.length;
    const before = '<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /Contents ';
    const placeholder = `<${'0'.repeat(HOLE)}>`;
    const rest = (length: number): string =>
      ` /ByteRange [0 ${start + before.length} ${start + before.length + placeholder.length} ${length}]>>`;
    const widget = `<</FT /Sig /T (S${index}) /V ${value} 0 R /Type /Annot /Subtype /Widget /Rect [0 0 0 0]>>`;
    const copy = new Writer();
    const fill = (length: string): ReadonlyMap<number, Body> =>
      new Map<number, Body>([
        [value, `${before}${placeholder}${rest(Number(length))}`],
        [field, widget],
        [4, `<</Fields [${fields}] /SigFlags 3>>`],
      ]);
    copy.revision(fill('0'));
    // Lengths of numbers shift what follows: any range that ends inside the file will do here.
    writer.revision(fill(String(Math.max(1, copy.size - 400))));
  }
  return writer.bytes();
}

const MILLION = 1_000_000;

/** Name and document; a function, because some of them are large. */
export const HUNGRY: Readonly<Record<string, () => Buffer>> = {
  'a dictionary of a million keys': () =>
    documentWith([], { catalog: `/Many <<${times(MILLION, (index) => `/K${index} ${index}`)}>>` }),
  'a page with a million keys': () =>
    documentWith([], {
      page: `${PAGE.slice(0, -2)} /Many <<${times(MILLION, (index) => `/K${index} ${index}`)}>> >>`,
    }),
  'an array of three million numbers': () =>
    documentWith([], { catalog: `/Many [${'0 '.repeat(3 * MILLION)}]` }),
  'a million references': () => documentWith([], { catalog: `/Many [${references(MILLION)}]` }),
  'arrays nested 100,000 deep': () => documentWith([], { catalog: `/Deep ${'['.repeat(100_000)}` }),
  'a chain of 100,000 references': () =>
    documentWith(
      numbered(100_000, (index) => `${FIRST_FREE + index + 1} 0 R`),
      { catalog: '/AcroForm 4 0 R' },
    ),
  'a string of 16 MB': () => documentWith([], { catalog: `/Long (${'a'.repeat(16 << 20)})` }),
  'a string of 31 MB': () => documentWith([], { catalog: `/Long (${'a'.repeat(31 << 20)})` }),
  'a string of 40 MB': () => documentWith([], { catalog: `/Long (${'a'.repeat(40 << 20)})` }),
  'a string of 60 MB': () => documentWith([], { catalog: `/Long (${'a'.repeat(60 << 20)})` }),
  'a string of 15 million escapes': () =>
    documentWith([], { catalog: `/Long (${'\\141'.repeat(15_000_000)})` }),
  'a string of 60 MB in a page': () =>
    documentWith([], { page: `${PAGE.slice(0, -2)} /Long (${'a'.repeat(60 << 20)})>>` }),
  'a hexadecimal string of 60 MB': () => documentWith([], { catalog: `/Long <${'61'.repeat(30 << 20)}>` }),
  'a hexadecimal string of 31 MB': () =>
    documentWith([], { catalog: `/Long <${'61'.repeat((31 << 20) / 2)}>` }),
  'a name of 31 MB': () => documentWith([], { catalog: `/Long /${'a'.repeat(31 << 20)}` }),
  'a name of 60 MB': () => documentWith([], { catalog: `/Long /${'a'.repeat(60 << 20)}` }),
  'a comment of 60 MB': () => documentWith([], { catalog: `%${'a'.repeat(60 << 20)}\n` }),
  'a page tree that loops': () =>
    documentWith([[4, '<</Type /Pages /Kids [2 0 R] /Count 1>>']], {
      pages: '<</Type /Pages /Kids [4 0 R] /Count 1>>',
    }),
  'a page tree that doubles 60 times': () =>
    documentWith(
      numbered(60, (index) => `<</Type /Pages /Kids [${`${index === 59 ? 3 : 5 + index} 0 R `.repeat(2)}]>>`),
      {
        pages: '<</Type /Pages /Kids [4 0 R 4 0 R] /Count 2000000000>>',
      },
    ),
  'a page with a million kids': () =>
    documentWith([], { pages: `<</Type /Pages /Kids [${'3 0 R '.repeat(MILLION)}] /Count ${MILLION}>>` }),
  'form fields that double 30 times': () =>
    documentWith(
      numbered(30, (index) => `<</T (f) /Kids [${`${index === 29 ? 3 : 5 + index} 0 R `.repeat(2)}]>>`),
      {
        catalog: '/AcroForm <</Fields [4 0 R]>>',
        page: `${PAGE.slice(0, -2)} /T (p)>>`,
      },
    ),
  '100,000 form fields': () =>
    documentWith(
      numbered(100_000, (index) => `<</FT /Tx /T (f${index})>>`),
      { catalog: form(100_000) },
    ),
  '20,000 empty signature fields': () =>
    documentWith(
      numbered(
        20_000,
        (index) => `<</FT /Sig /T (f${index}) /Type /Annot /Subtype /Widget /Rect [0 0 9 9]>>`,
      ),
      { catalog: form(20_000) },
    ),
  'field names of a megabyte each': () =>
    documentWith(
      [
        [4, `<</T (${'a'.repeat(1 << 20)}) /Kids [${references(20_000, 5)}]>>`],
        ...numbered(20_000, (index) => `<</FT /Tx /T (f${index}) /Parent 4 0 R>>`, 5),
      ],
      { catalog: '/AcroForm <</Fields [4 0 R]>>' },
    ),
  'a lock on 50,000 names': () =>
    documentWith(
      [
        [4, '<</FT /Sig /T (s) /V 5 0 R /Lock 6 0 R>>'],
        [5, '<</Type /Sig /Filter /x /SubFilter /x /ByteRange [0 1 2 3] /Contents <00>>>'],
        [
          6,
          `<</Type /SigFieldLock /Action /Include /Fields [${times(50_000, (index) => `(Signature${index})`)}]>>`,
        ],
      ],
      { catalog: form(1) },
    ),
  'an object stream that inflates to 2 GB': () =>
    compressed(
      Buffer.concat([deflateSync(Buffer.alloc(200 << 20)), deflateSync(Buffer.alloc(200 << 20))]),
      1,
    ),
  'a million objects in one object stream': () =>
    compressed(deflateSync(Buffer.from(`${times(MILLION, (index) => `${index + 10} 0`)} 0`)), MILLION),
  'filters upon filters': () => {
    let data: Buffer = Buffer.alloc(30 << 20);
    for (let index = 0; index < 20; index += 1) data = deflateSync(data);
    return compressed(data, 1, `[${'/FlateDecode '.repeat(20)}]`);
  },
  'a cross-reference in 100,000 pieces': () => {
    const writer = new Writer();
    writer.revision(
      new Map<number, Body>([
        [1, '<</Type /Catalog /Pages 2 0 R>>'],
        [2, PAGES],
        [3, PAGE],
        ...numbered(90_000, () => 'null').map(([number, body]) => [number * 2, body] as const),
      ]),
    );
    return writer.bytes();
  },
  'a chain of 4,000 revisions': () => {
    const writer = new Writer();
    writer.revision(
      new Map([
        [1, '<</Type /Catalog /Pages 2 0 R>>'],
        [2, PAGES],
        [3, PAGE],
      ]),
    );
    for (let index = 0; index < 4_000; index += 1) writer.revision(new Map([[4 + index, 'null']]));
    return writer.bytes();
  },
  'a chain of 10,000 revisions': () => {
    const writer = new Writer();
    writer.revision(
      new Map([
        [1, '<</Type /Catalog /Pages 2 0 R>>'],
        [2, PAGES],
        [3, PAGE],
      ]),
    );
    for (let index = 0; index < 10_000; index += 1) writer.revision(new Map([[4 + index, 'null']]));
    return writer.bytes();
  },
  '3,000 signatures': () => signedOften(3_000),
  '500 signatures': () => signedOften(500),
  '9,000 certificates in a security store': () =>
    documentWith(
      numbered(9_000, () => streamOf('', Buffer.alloc(100, 1))),
      { catalog: `/DSS <</Certs [${references(9_000)}]>>` },
    ),
  'damage in front of a million things that look like objects': () => {
    const bytes = documentWith([[4, 'null'], ...numbered(300_000, () => 'null', 5)]);
    return Buffer.from(bytes.toString('latin1').replace(/startxref\n\d+/, 'startxref\n7'), 'latin1');
  },
};

/** A document whose catalog lies in an object stream with this data. */
function compressed(data: Buffer, count: number, filter = '/FlateDecode'): Buffer {
  const writer = new Writer();
  const container = writer.raw('4 0 obj\n');
  writer.raw(streamOf(`/Type /ObjStm /N ${count} /First 8 /Filter ${filter}`, data));
  writer.raw('\nendobj\n');
  const entry = (type: number, field: number, index: number): Buffer => {
    const bytes = Buffer.alloc(7);
    bytes[0] = type;
    bytes.writeUInt32BE(field, 1);
    bytes.writeUInt16BE(index, 5);
    return bytes;
  };
  const table = Buffer.concat([
    entry(0, 0, 0),
    entry(2, 4, 0),
    entry(2, 4, 0),
    entry(2, 4, 0),
    entry(1, container, 0),
  ]);
  const at = writer.raw('5 0 obj\n');
  writer.raw(streamOf('/Type /XRef /Size 5 /W [1 4 2] /Root 1 0 R', table));
  writer.raw(`\nendobj\nstartxref\n${at}\n%%EOF\n`);
  return writer.bytes();
}
