/** The documents that are signed: made here, so that every machine has the same ones. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';

export interface Sample {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

interface Plan {
  readonly name: string;
  readonly pages: number;
  /** Of the content of each page; pseudo-random, as a scanned page is. */
  readonly bytesPerPage: number;
}

const PLANS: readonly Plan[] = [
  { name: '10 KB', pages: 4, bytesPerPage: 2_000 },
  { name: '1 MB', pages: 200, bytesPerPage: 4_900 },
  { name: '2,000 pages', pages: 2_000, bytesPerPage: 1_500 },
  { name: '100 MB', pages: 100, bytesPerPage: 1_048_576 },
  { name: '1 GB', pages: 1_000, bytesPerPage: 1_048_576 },
];

export const SAMPLE_NAMES = PLANS.map(({ name }) => name);

/** `copies`: how many different documents of that size. */
export async function makeSamples(folder: string, name: string, copies: number): Promise<Sample[]> {
  const plan = PLANS.find((one) => one.name === name);
  if (!plan) throw new Error(`no sample is called ${name}`);
  await mkdir(folder, { recursive: true });
  const samples: Sample[] = [];
  for (let copy = 0; copy < copies; copy += 1) {
    const path = join(folder, `${name.replaceAll(/[ ,]/g, '')}-${copy}.pdf`);
    if (!existsSync(path)) {
      await writePdf(`${path}.partial`, plan, copy);
      await rename(`${path}.partial`, path);
    }
    const file = await open(path, 'r');
    samples.push({ name, path, bytes: (await file.stat()).size });
    await file.close();
  }
  return samples;
}

async function writePdf(path: string, { pages, bytesPerPage }: Plan, seed: number): Promise<void> {
  const file = await open(path, 'w');
  const offsets: number[] = [];
  let position = 0;
  const write = async (...parts: readonly Uint8Array[]): Promise<void> => {
    const bytes = Buffer.concat(parts);
    await file.write(bytes, 0, bytes.length, position);
    position += bytes.length;
  };
  const putObject = async (body: string, stream?: Uint8Array): Promise<void> => {
    offsets.push(position);
    const head = `${offsets.length} 0 obj\n${body}`;
    const tail = stream ? [Buffer.from('\nstream\n'), stream, Buffer.from('\nendstream')] : [];
    await write(Buffer.from(head), ...tail, Buffer.from('\nendobj\n'));
  };
  await write(Buffer.from(`%PDF-1.7\n% ${seed}\n`));
  await putObject('<</Type /Catalog /Pages 2 0 R>>');
  const kids = Array.from({ length: pages }, (_, page) => `${3 + 2 * page} 0 R`).join(' ');
  await putObject(`<</Type /Pages /Count ${pages} /MediaBox [0 0 595 842] /Kids [${kids}]>>`);
  for (let page = 0; page < pages; page += 1) {
    await putObject(`<</Type /Page /Parent 2 0 R /Resources <<>> /Contents ${4 + 2 * page} 0 R>>`);
    await putObject(`<</Length ${bytesPerPage}>>`, pageContent(bytesPerPage, `${seed} ${page}`));
  }
  const startXref = position;
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = offsets.length + 1;
  const trailer = `trailer\n<</Size ${size} /Root 1 0 R>>\nstartxref\n${startXref}\n%%EOF\n`;
  await write(Buffer.from(`xref\n0 ${size}\n0000000000 65535 f \n${entries}${trailer}`));
  await file.sync();
  await file.close();
}

/** A comment of PDF content: hexadecimal digits that no compressor and no file system makes smaller by much. */
function pageContent(length: number, seed: string): Uint8Array {
  const content = Buffer.alloc(length, '%');
  let block = createHash('sha512').update(seed).digest();
  for (let at = 1; at < length; at += 128) {
    content.write(block.toString('hex'), at, 'latin1');
    if (at % 65_536 < 128) block = createHash('sha512').update(block).digest();
  }
  return content;
}
