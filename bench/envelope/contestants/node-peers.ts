/** The libraries that a JavaScript program would take instead; installed beside the benchmark, not in the product. */
import { open, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Job, runJob } from '../job.ts';

const [, , , peer = '', folder = ''] = process.argv;
const require = createRequire(join(folder, 'package.json'));

/** What is used of them; their types are theirs. */
interface Peers {
  '@signpdf/signpdf': { SignPdf: new () => { sign(pdf: Buffer, signer: unknown): Promise<Buffer> } };
  '@signpdf/signer-p12': { P12Signer: new (pkcs12: Buffer, options: { passphrase: string }) => unknown };
  '@signpdf/placeholder-plain': { plainAddPlaceholder(options: object): Buffer };
  '@signpdf/placeholder-pdf-lib': { pdflibAddPlaceholder(options: object): void };
  'pdf-lib': {
    PDFDocument: {
      load(pdf: Buffer, options: object): Promise<{ save(options: object): Promise<Uint8Array> }>;
    };
  };
  '@libpdf/core': {
    PDF: { load(pdf: Uint8Array): Promise<{ sign(options: object): Promise<{ bytes: Uint8Array }> }> };
    P12Signer: { create(pkcs12: Uint8Array, passphrase: string): Promise<unknown> };
  };
}
const load = async <Name extends keyof Peers>(name: Name): Promise<Peers[Name]> => {
  const loaded = await import(pathToFileURL(require.resolve(name)).href);
  // What CommonJS exports, Node finds by reading its text, or puts under `default`.
  return { ...loaded.default, ...loaded };
};

const TEXTS = { reason: '-', contactInfo: '-', name: '-', location: '-', signatureLength: 8192 };

async function signpdf(placeholder: (pdf: Buffer) => Promise<Buffer>, pkcs12: Buffer) {
  const { SignPdf } = await load('@signpdf/signpdf');
  const { P12Signer } = await load('@signpdf/signer-p12');
  return async (pdf: Buffer): Promise<Uint8Array> =>
    new SignPdf().sign(await placeholder(pdf), new P12Signer(pkcs12, { passphrase: 'bench' }));
}

const SIGNERS: Record<string, (pkcs12: Buffer) => Promise<(pdf: Buffer) => Promise<Uint8Array>>> = {
  async 'node-signpdf'(pkcs12) {
    const { plainAddPlaceholder } = await load('@signpdf/placeholder-plain');
    return signpdf(async (pdfBuffer) => plainAddPlaceholder({ pdfBuffer, ...TEXTS }), pkcs12);
  },
  async '@cantoo/pdf-lib'(pkcs12) {
    const { PDFDocument } = await load('pdf-lib');
    const { pdflibAddPlaceholder } = await load('@signpdf/placeholder-pdf-lib');
    const placeholder = async (pdf: Buffer): Promise<Buffer> => {
      const pdfDoc = await PDFDocument.load(pdf, { forIncrementalUpdate: true });
      pdflibAddPlaceholder({ pdfDoc, ...TEXTS });
      return Buffer.from(await pdfDoc.save({ useObjectStreams: false }));
    };
    return signpdf(placeholder, pkcs12);
  },
  async '@libpdf/core'(pkcs12) {
    const { PDF, P12Signer } = await load('@libpdf/core');
    const signer = await P12Signer.create(pkcs12, 'bench');
    return async (pdf) => (await (await PDF.load(pdf)).sign({ signer })).bytes;
  },
};

let sign: ((pdf: Buffer) => Promise<Uint8Array>) | undefined;

await runJob(async ({ inputs, output, credentials }: Job) => {
  sign ??= await SIGNERS[peer]?.(await readFile(credentials.pkcs12));
  if (!sign) throw new Error(`no peer is called ${peer}`);
  let syncMs = 0;
  const start = performance.now();
  for (const input of inputs) {
    const signed = await sign(await readFile(input));
    const file = await open(join(output, basename(input)), 'w');
    await file.writeFile(signed);
    const flushed = performance.now();
    await file.datasync();
    syncMs += performance.now() - flushed;
    await file.close();
  }
  return { ms: performance.now() - start, syncMs };
});
