import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  changesAfter,
  listSignatures,
  memorySource,
  openPdf,
  type PdfDocument,
  planDocumentTimestamp,
  planValidationData,
  readValidationData,
  type ValidationData,
} from '../index.ts';
import { corpus, hasTool, passwordOf, qpdfStatus, REFUSED, sign, signable } from '../signing.fixture.ts';
import { dictionaryOf, entryOf } from '../syntax/values.ts';
import { Revision } from './revision.ts';
import { revisionBytes } from './revision-bytes.ts';

const bytesOf = (...texts: string[]): Uint8Array[] => texts.map((text) => Uint8Array.from(Buffer.from(text)));
const FIRST: ValidationData = {
  certificates: bytesOf('certificate 1', 'certificate 2'),
  crls: bytesOf('list 1'),
  ocspResponses: bytesOf('answer 1'),
};
const SECOND: ValidationData = {
  certificates: bytesOf('certificate 2', 'certificate 3', 'certificate 3'),
  crls: bytesOf('list 1'),
  ocspResponses: [],
};

const open = (bytes: Uint8Array, name = ''): Promise<PdfDocument> =>
  openPdf(memorySource(bytes), passwordOf(name));

async function withData(bytes: Uint8Array, data: ValidationData, name = ''): Promise<Buffer> {
  const update = await planValidationData(await open(bytes, name), data);
  return Buffer.concat([bytes, update?.appended ?? Buffer.alloc(0)]);
}

async function stamped(bytes: Uint8Array, name = ''): Promise<Buffer> {
  const update = await planDocumentTimestamp(await open(bytes, name), { contentsCapacity: 100 });
  return Buffer.concat([bytes, update.appended]);
}

const notAllowed = async (document: PdfDocument, end: number): Promise<string[]> =>
  (await changesAfter(document, end)).filter(({ outcome }) => outcome !== 'allowed').map(({ kind }) => kind);

const texts = (values: readonly Uint8Array[]): string[] =>
  values.map((value) => Buffer.from(value).toString());

/** Also files that nobody may sign any more: a certification does not forbid what keeps it verifiable. */
const NAMES = [...signable(), 'signed-mdp1.pdf'];

describe.each(NAMES)('validation data and document time stamps in %s', (name) => {
  const original = corpus(name);

  it('validation data is read back, each value once, behind every original byte', async () => {
    const once = await withData(original, FIRST, name);
    const twice = await withData(once, SECOND, name);
    expect(once.subarray(0, original.length).equals(original)).toBe(true);
    expect(twice.subarray(0, once.length).equals(once)).toBe(true);
    const data = await readValidationData(await open(twice, name));
    expect(texts(data?.certificates ?? [])).toEqual(['certificate 1', 'certificate 2', 'certificate 3']);
    expect(texts(data?.crls ?? [])).toEqual(['list 1']);
    expect(texts(data?.ocspResponses ?? [])).toEqual(['answer 1']);
    expect(await planValidationData(await open(twice, name), FIRST)).toBeUndefined();
  });

  it('a time stamp after it is found, covers the file, and explains every change', async () => {
    const bytes = await stamped(await withData(original, FIRST, name), name);
    const document = await open(bytes, name);
    const found = (await listSignatures(document)).filter(({ kind }) => kind === 'documentTimeStamp');
    expect(found).toMatchObject([
      { fieldName: 'DocumentTimeStamp1', isGapExact: true, coversWholeFile: true, claimedTime: undefined },
    ]);
    expect(await notAllowed(document, original.length)).toEqual([]);
    const again = await open(await stamped(await withData(bytes, SECOND, name), name), name);
    expect(await notAllowed(again, bytes.length)).toEqual([]);
    expect(await notAllowed(again, original.length)).toEqual([]);
  });

  it.skipIf(!hasTool('qpdf'))('qpdf finds the structure as sound as before', async () => {
    const { password = '' } = passwordOf(name);
    const bytes = await stamped(await withData(original, FIRST, name), name);
    expect(qpdfStatus(bytes, password)).toBeLessThanOrEqual(qpdfStatus(original, password) ?? 0);
  });
});

it('the dictionary of a document time stamp has what it needs and nothing else (EN 319 142-1 §5.4.3)', async () => {
  const document = await open(await stamped(corpus('libreoffice.pdf')));
  const [found] = await listSignatures(document);
  const dictionary = found?.reference && dictionaryOf(await document.get(found.reference));
  expect([...(dictionary?.entries.keys() ?? [])].sort()).toEqual(
    ['Type', 'Filter', 'SubFilter', 'V', 'ByteRange', 'Contents'].sort(),
  );
  expect(dictionary && entryOf(dictionary, 'Type')).toMatchObject({ value: 'DocTimeStamp' });
  expect(dictionary && entryOf(dictionary, 'V')).toMatchObject({ value: 0 });
});

it('no record for single signatures is written (EN 319 142-1 §6.3 v)', async () => {
  const document = await open(await withData(corpus('libreoffice.pdf'), FIRST));
  const store = dictionaryOf(await document.lookup(document.catalog.dictionary, 'DSS'));
  expect([...(store?.entries.keys() ?? [])].sort()).toEqual(['CRLs', 'Certs', 'OCSPs']);
});

it('what cannot be read gets no validation data either', async () => {
  for (const [name, code] of Object.entries(REFUSED)) {
    if (name === 'signed-mdp1.pdf') continue;
    await expect(withData(corpus(name), FIRST)).rejects.toMatchObject({ code });
  }
});

describe('a store that was changed in other ways is named', () => {
  /** Appends a new version of one object, as a forger would. */
  async function replaced(bytes: Buffer, number: number, body: string): Promise<Buffer> {
    const revision = new Revision(await open(bytes), randomBytes);
    revision.put({ kind: 'reference', number, generation: 0 }, body);
    return Buffer.concat([bytes, revisionBytes(revision, bytes.at(-1)).bytes]);
  }

  async function storeOf(bytes: Buffer): Promise<{ number: number; certificates: string }> {
    const document = await open(bytes);
    const entry = entryOf(document.catalog.dictionary, 'DSS');
    const store = dictionaryOf(await document.resolve(entry));
    const array = store && entryOf(store, 'Certs');
    if (entry.kind !== 'reference' || array?.kind !== 'array') throw new Error('no store');
    const references = array.items.map(({ value }) =>
      value.kind === 'reference' ? `${value.number} 0 R` : '',
    );
    return { number: entry.number, certificates: references.join(' ') };
  }

  it('lost values, and entries that have no place there', async () => {
    const { bytes } = await sign(await withData(corpus('x-incr3.pdf'), FIRST));
    const { number, certificates } = await storeOf(bytes);
    const suspicions = async (body: string): Promise<readonly string[]> =>
      notAllowed(await open(await replaced(bytes, number, body)), bytes.length);
    expect(await suspicions('<</Certs []>>')).toEqual(['validationDataChanged']);
    expect(await suspicions(`<</Certs [${certificates}] /Font 1 0 R>>`)).toEqual(['validationDataChanged']);
  });
});
