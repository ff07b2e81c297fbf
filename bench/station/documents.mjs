// Documents of a size that nobody keeps in a repository, written object by object.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

class Writer {
  /** @type {import('node:fs').WriteStream} */ #stream;
  #position = 0;
  /** @type {number[]} */ #offsets = [];

  /** @param {string} path */
  constructor(path) {
    this.#stream = createWriteStream(path);
  }

  /** @param {string | Uint8Array} bytes */
  async write(bytes) {
    this.#position += bytes.length;
    if (!this.#stream.write(bytes)) await once(this.#stream, 'drain');
  }

  /** @param {number} number @param {...(string | Uint8Array)} body */
  async object(number, ...body) {
    this.#offsets[number] = this.#position;
    for (const part of [`${number} 0 obj\n`, ...body, '\nendobj\n']) await this.write(part);
  }

  async end() {
    const start = this.#position;
    const lines = this.#offsets.slice(1).map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
    const size = lines.length + 1;
    await this.write(`xref\n0 ${size}\n0000000000 65535 f \n${lines.join('')}`);
    await this.write(`trailer\n<</Size ${size} /Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`);
    this.#stream.end();
    await once(this.#stream, 'finish');
  }
}

/**
 * A page tree of one level; each page has its objects in a row.
 * @param {string} path
 * @param {{ pages: number, perPage: number, shared?: string[] }} shape
 * @param {(page: number, first: number, writer: Writer) => Promise<void>} writePage
 */
async function writeDocument(path, { pages, perPage, shared = [] }, writePage) {
  const writer = new Writer(path);
  const first = 3 + shared.length;
  const kids = Array.from({ length: pages }, (_, index) => `${first + index * perPage} 0 R`);
  await writer.write('%PDF-1.7\n');
  await writer.object(1, '<</Type /Catalog /Pages 2 0 R>>');
  await writer.object(2, `<</Type /Pages /Count ${pages} /Kids [${kids.join(' ')}]>>`);
  for (const [index, body] of shared.entries()) await writer.object(3 + index, body);
  for (let page = 1; page <= pages; page += 1) await writePage(page, first + (page - 1) * perPage, writer);
  await writer.end();
}

/** @param {string} path @param {number} pages */
export const writeManyPages = (path, pages) =>
  writeDocument(
    path,
    { pages, perPage: 2, shared: ['<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>'] },
    async (page, first, writer) => {
      const lines = Array.from({ length: 40 }, (_, line) => `(Page ${page}, line ${line + 1}) Tj T*`);
      const content = `BT /F0 12 Tf 60 780 Td 16 TL ${lines.join(' ')} ET`;
      const resources = '<</Font <</F0 3 0 R>>>>';
      const place = `/Parent 2 0 R /MediaBox [0 0 595 842] /Resources ${resources}`;
      await writer.object(first, `<</Type /Page ${place} /Contents ${first + 1} 0 R>>`);
      await writer.object(first + 1, `<</Length ${content.length}>> stream\n${content}\nendstream`);
    },
  );

/** Scans as a bank gets them, one picture a page, uncompressed. @param {string} path @param {number} bytes */
export async function writeScans(path, bytes) {
  const side = 3200;
  const noise = randomBytes(side * side);
  const pages = Math.ceil(bytes / noise.length);
  await writeDocument(path, { pages, perPage: 3 }, async (page, first, writer) => {
    const content = 'q 595 0 0 842 0 0 cm /Im0 Do Q';
    const resources = `<</XObject <</Im0 ${first + 2} 0 R>>>>`;
    const place = `/Parent 2 0 R /MediaBox [0 0 595 842] /Resources ${resources}`;
    await writer.object(first, `<</Type /Page ${place} /Contents ${first + 1} 0 R>>`);
    await writer.object(first + 1, `<</Length ${content.length}>> stream\n${content}\nendstream`);
    noise.writeUInt32BE(page); // no two pages alike
    const image = `/Width ${side} /Height ${side} /ColorSpace /DeviceGray /BitsPerComponent 8`;
    const dictionary = `<</Type /XObject /Subtype /Image ${image} /Length ${noise.length}>>`;
    await writer.object(first + 2, `${dictionary} stream\n`, noise, '\nendstream');
  });
}
