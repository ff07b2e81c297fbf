/** A document for archiving stays one: PDF/A-1 and PDF/A-2, signed visibly and twice; the latter with a transparent picture too. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { plainPdf } from '../../src/pdf/plain-pdf.fixture.ts';
import { opensslSigner, sign } from '../../src/pdf/signing.fixture.ts';
import { openTypefaces } from '../../src/typography/open-typefaces.ts';
import { folderWithLargeFonts, NAMES_OF_SCRIPTS } from '../support/names-of-scripts.ts';
import { describeWithJudge } from './judges/at-hand.ts';
import { judgeVeraPdf } from './judges/verapdf.ts';

const CORPUS = join(import.meta.dirname, '../corpus');
/** veraPDF takes seconds to start. */
const VERAPDF_READS = 180_000;
/** Letters, marks and ligatures of fonts of every kind. */
const EVERY_SCRIPT = NAMES_OF_SCRIPTS.map(({ givenName, surname1 }) => `${givenName} ${surname1}`).join(', ');
const typefaces = openTypefaces(
  join(import.meta.dirname, '../../resources/fonts/NotoSans-Regular.ttf'),
  folderWithLargeFonts(),
);
const PDF_A_2 = 'libreoffice-pdfa2b.pdf';

/** The colour profile of the PDF/A-2 document, uncompressed. */
function colourProfile(): string {
  const { stdout } = spawnSync('qpdf', ['--qdf', '--object-streams=disable', join(CORPUS, PDF_A_2), '-'], {
    maxBuffer: 10_000_000,
  });
  const text = stdout.toString('latin1');
  const at = text.indexOf('stream\n', text.indexOf('/N 3')) + 'stream\n'.length;
  return text.slice(at, text.indexOf('endstream', at)).replace(/\n$/, '');
}

/** The smallest PDF/A-1b document, with or without a word on the device that its colours are for. */
function pdfA1({ hasIntent = true } = {}): Buffer {
  const xmp =
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">' +
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" ' +
    'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="1" pdfaid:conformance="B"/></rdf:RDF></x:xmpmeta>' +
    '<?xpacket end="w"?>';
  const stream = (entries: string, data: string): string =>
    `<<${entries} /Length ${data.length}>>\nstream\n${data}\nendstream`;
  return plainPdf({
    header: '%PDF-1.4\n%\xe2\xe3\xcf\xd3\n',
    trailer: '/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]',
    catalog: `/Metadata 4 0 R ${hasIntent ? '/OutputIntents [5 0 R]' : ''}`,
    page: '/Resources <<>>',
    objects: [
      stream('/Type /Metadata /Subtype /XML', xmp),
      '<</Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /DestOutputProfile 6 0 R>>',
      stream('/N 3', colourProfile()),
    ],
  });
}

describeWithJudge('veraPDF', 'veraPDF finds a signed document as fit for archiving as before', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'pdf-a-'));
  });
  afterAll(() => rm(directory, { recursive: true }));

  it.each([
    ['PDF/A-2b', '2b', () => readFileSync(join(CORPUS, PDF_A_2))],
    ['PDF/A-1b', '1b', () => pdfA1()],
    ['PDF/A-1b without output intent', '1b', () => pdfA1({ hasIntent: false })],
  ] as const)(
    '%s: visibly, twice, and invisibly',
    async (title, part, original) => {
      const visible = {
        page: 1,
        text: ['Signed by Zoë Łódź', EVERY_SCRIPT],
        qrCode: 'https://sign.example/verify',
        typefaces,
        ...(part === '1b' ? {} : { png: readFileSync(join(import.meta.dirname, 'handwriting.png')) }),
      };
      const cms = opensslSigner();
      const before = original();
      const place = (y: number) => ({
        visible: { ...visible, rectangle: { x1: 50, y1: y, x2: 250, y2: y + 60 } },
      });
      const once = (await sign(before, { cms, ...place(50) })).bytes;
      const twice = (await sign(once, { cms, ...place(150) })).bytes;
      const invisible = (await sign(before, { cms })).bytes;
      const files = [before, once, twice, invisible].map((bytes, index) => ({
        path: join(directory, `${title.replaceAll(/\W/g, '-')}-${index}.pdf`),
        bytes,
      }));
      for (const { path, bytes } of files) await writeFile(path, bytes);
      expect(await judgeVeraPdf(files)).toEqual(
        files.map(({ path }) => ({ file: path, part, compliant: true, failures: [] })),
      );
    },
    VERAPDF_READS,
  );
});
