import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import {
  type DocumentNote,
  documentNoteSchema,
  needsAttention,
  verdictOfNotes,
} from '../../contract/model/document-notes.ts';
import { describeDocument, inspectForSigning, memorySource, openPdf } from '../index.ts';
import { plainPdf } from '../plain-pdf.fixture.ts';
import { corpus, hasTool, passwordOf, sign, signable, withFile } from '../signing.fixture.ts';

async function notesOf(
  bytes: Uint8Array,
  access: { password?: string } = {},
  limits: { maxObjects?: number } = {},
): Promise<DocumentNote[]> {
  const document = await openPdf(memorySource(bytes), access);
  return describeDocument(document, await inspectForSigning(document), limits);
}

const script = '<</S /JavaScript /JS (app.alert\\(1\\))>>';

describe('what is said about a document before it is signed', () => {
  it.each(signable())('%s: the notes are of the contract', async (name) => {
    for (const note of await notesOf(corpus(name), passwordOf(name))) {
      expect(documentNoteSchema.parse(note)).toEqual(note);
    }
  });

  it.each<[string, Parameters<typeof plainPdf>[0], DocumentNote]>([
    [
      'a script that runs when it is opened',
      { catalog: `/OpenAction ${script}` },
      { code: 'javaScript', places: 1 },
    ],
    [
      'scripts by name, on a page and in a chain of actions',
      {
        catalog: '/Names <</JavaScript <</Names [(a) 4 0 R]>>>>',
        page: '/AA <</O <</S /Named /N /NextPage /Next 4 0 R>>>> /Annots [5 0 R]',
        objects: [
          script,
          `<</Type /Annot /Subtype /Link /Rect [0 0 1 1] /A <</S /URI /URI (x) /Next ${script}>>>>`,
        ],
      },
      { code: 'javaScript', places: 2 },
    ],
    [
      'an action in the outline that starts a program',
      {
        catalog: '/Outlines 4 0 R',
        objects: ['<</First 5 0 R /Last 5 0 R>>', '<</Title (x) /A <</S /Launch /F (a.exe)>>>>'],
      },
      { code: 'launchAction', places: 1 },
    ],
    [
      'a button that sends the form',
      { page: '/Annots [<</Subtype /Widget /Rect [0 0 1 1] /A <</S /SubmitForm /F (x)>>>>]' },
      { code: 'dataAction', places: 1 },
    ],
    [
      'layers of which one is not shown',
      {
        catalog: '/OCProperties <</OCGs [4 0 R 5 0 R] /D <</OFF [5 0 R]>>>>',
        objects: ['<</Type /OCG /Name (a)>>', '<</Type /OCG /Name (b)>>'],
      },
      { code: 'layers', layers: 2, hidden: 1 },
    ],
    [
      'a typeface that is not embedded',
      {
        page: '/Resources <</Font <</F1 4 0 R /F2 5 0 R>>>>',
        objects: [
          '<</Type /Font /Subtype /TrueType /BaseFont /Frutiger /FontDescriptor <</Type /FontDescriptor>>>>',
          '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold>>',
        ],
      },
      { code: 'fontsNotEmbedded', fonts: ['Frutiger'] },
    ],
    [
      'a form that viewers draw',
      { catalog: '/AcroForm <</NeedAppearances true /Fields [4 0 R]>>', objects: ['<</FT /Tx /T (a)>>'] },
      { code: 'needAppearances' },
    ],
    ['a form of XFA', { catalog: '/AcroForm <</Fields [] /XFA ()>>' }, { code: 'xfaForm' }],
    [
      'an attached file',
      { catalog: '/Names <</EmbeddedFiles <</Names [(a) <</Type /Filespec /F (a) /EF <<>>>>]>>>>' },
      { code: 'attachments', files: 1 },
    ],
    [
      'a part that cannot be read',
      { page: '/Contents 4 0 R', objects: ['<</Length'] },
      { code: 'unreadableParts', objects: 1 },
    ],
  ])('%s', async (_, parts, note) => {
    const notes = await notesOf(plainPdf(parts));
    expect(notes.filter(needsAttention)).toContainEqual(note);
    expect(verdictOfNotes(notes)).toBe('signWithNote');
  });

  it('a document with nothing of the kind is signed without a note', async () => {
    const notes = await notesOf(plainPdf({}));
    expect(notes).toEqual([{ code: 'untagged' }]);
    expect(verdictOfNotes(notes)).toBe('sign');
  });

  it('names who signed before, also where the signature cannot be read', async () => {
    expect(await notesOf(corpus('signed-once.pdf'))).toContainEqual({
      code: 'alreadySigned',
      signers: ['Alice RSA'],
    });
    const { bytes } = await sign(plainPdf({}), { name: 'Ada' });
    expect(await notesOf(bytes)).toContainEqual({ code: 'alreadySigned', signers: ['Ada'] });
  });

  it('tells a change after an earlier signature from a further signature', async () => {
    const signed = corpus('signed-once.pdf');
    const { bytes: again } = await sign(signed);
    expect((await notesOf(again)).map(({ code }) => code)).not.toContain('changedAfterSigning');
    const size = signed.length;
    const previous = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(signed.toString('latin1'))?.[1];
    const planted = '\n1 0 obj\n<</Planted true>>\nendobj\n';
    const xref = `xref\n1 1\n${String(size + 1).padStart(10, '0')} 00000 n \n`;
    const trailer = /trailer\s*<<[\s\S]*?\/Root (\d+ \d+ R)/.exec(signed.toString('latin1'))?.[1] ?? '';
    const end = `trailer\n<</Size 99 /Root ${trailer} /Prev ${previous}>>\nstartxref\n${size + planted.length}\n%%EOF\n`;
    const changed = Buffer.concat([signed, Buffer.from(planted + xref + end)]);
    expect(await notesOf(changed)).toContainEqual({ code: 'changedAfterSigning', fields: ['Sig1'] });
  });

  it('a long document is looked through in part, its catalog first', async () => {
    const kids = Array.from({ length: 500 }, (_, index) => `${5 + index} 0 R`);
    const pages = kids.map(() => '<</Type /Page /Parent 4 0 R>>');
    const bytes = plainPdf({
      catalog: '/Names <</JavaScript <</Names [(a) 4 0 R]>>>>',
      page: `/Annots [${kids.join(' ')}]`,
      objects: [script, ...pages],
    });
    const notes = await notesOf(bytes, {}, { maxObjects: 50 });
    expect(notes).toContainEqual({ code: 'javaScript', places: 1 });
    expect(notes).toContainEqual({ code: 'partlyExamined', objects: 50 });
  });
});

describe.skipIf(!hasTool('qpdf'))('encryption (needs qpdf)', () => {
  const encrypted = (user: string, ...options: string[]): Buffer =>
    withFile(corpus('reportlab.pdf'), (path) => {
      const command = ['--encrypt', user, 'owner', '256', ...options, '--', path, '-'];
      return spawnSync('qpdf', command, { maxBuffer: 10_000_000 }).stdout;
    });

  it('says what the author forbids, and nothing of it to the owner', async () => {
    const bytes = encrypted('', '--print=none', '--extract=n');
    expect(await notesOf(bytes)).toContainEqual({ code: 'restricted', uses: ['print', 'copy'] });
    const asOwner = (await notesOf(bytes, { password: 'owner' })).map(({ code }) => code);
    expect(asOwner).not.toContain('restricted');
    expect(asOwner).not.toContain('passwordProtected');
  });

  it('says that the signed file keeps its password', async () => {
    const notes = await notesOf(encrypted('user'), { password: 'user' });
    expect(notes).toContainEqual({ code: 'passwordProtected' });
  });
});
