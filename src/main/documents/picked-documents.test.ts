import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { pickedDocumentSchema } from '../../contract/ipc/documents.ts';
import { DocumentGrants } from './grants.ts';
import { PickedDocuments } from './picked-documents.ts';

const corpus = (name: string): string => resolve(import.meta.dirname, '../../../test/corpus', name);

describe('a picked document', () => {
  let picked: PickedDocuments;
  let grants: DocumentGrants;

  beforeEach(() => {
    grants = new DocumentGrants();
    picked = new PickedDocuments(grants);
  });

  const pick = async (name: string) => {
    const [document] = await picked.add([corpus(name)]);
    if (!document) throw new Error('nothing was picked');
    return document;
  };

  it('can be looked at before its contents were looked through', async () => {
    const document = await pick('reportlab-form.pdf');
    expect(document).toMatchObject({ pages: 1, examined: false, notes: [] });
    expect(grants.find(document.id)).toMatchObject({ path: corpus('reportlab-form.pdf') });
  });

  it('tells what to know about it once it was examined, under the same id', async () => {
    const { id } = await pick('reportlab-form.pdf');
    const [examined] = await picked.examine(id);
    expect(examined).toMatchObject({ id, examined: true });
    expect(examined?.notes.map(({ code }) => code)).toContain('form');
  });

  it('that cannot be signed says so at once, and needs no examination', async () => {
    const document = await pick('x-trunc.pdf');
    expect(document).toMatchObject({ examined: true, problem: { code: expect.stringMatching(/^OSS_PDF_/) } });
    expect(await picked.examine(document.id)).toEqual([document]);
  });

  it('is not examined before its password is known', async () => {
    const { id, problem } = await pick('enc-aes256-userpw.pdf');
    expect(problem?.code).toBe('OSS_PDF_PASSWORD_NEEDED');
    const [unlocked] = await picked.unlock(id, 'user');
    expect(unlocked).toMatchObject({ examined: false });
    expect(unlocked?.problem).toBeUndefined();
    const [examined] = await picked.examine(unlocked?.id ?? '');
    expect(examined?.notes.map(({ code }) => code)).toContain('passwordProtected');
  });

  it('does not come back when it was removed while it was examined', async () => {
    const { id } = await pick('pdftex.pdf');
    const examination = picked.examine(id);
    picked.remove(id);
    expect(await examination).toEqual([]);
    expect(picked.list()).toEqual([]);
    expect(grants.find(id)).toBeUndefined();
  });

  it('that changed since it was picked is not taken for what it was', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'picked-')), 'contract.pdf');
    copyFileSync(corpus('pdftex.pdf'), path);
    const [document] = await picked.add([path]);
    writeFileSync(path, 'something else');
    const [examined] = await picked.examine(document?.id ?? '');
    expect(examined?.problem?.code).toBe('OSS_PDF_NOT_A_PDF');
  });
});

describe('a page of an odd size', () => {
  const odd = (box: string, unit = ''): string => {
    const path = join(mkdtempSync(join(tmpdir(), 'odd-')), 'odd.pdf');
    const objects = [
      '<</Type/Catalog/Pages 2 0 R>>',
      '<</Type/Pages/Kids[3 0 R]/Count 1>>',
      `<</Type/Page/Parent 2 0 R/MediaBox[${box}]${unit}>>`,
    ];
    let text = '%PDF-1.7\n';
    const at = objects.map((object, index) => {
      const position = text.length;
      text += `${index + 1} 0 obj\n${object}\nendobj\n`;
      return position;
    });
    const start = text.length;
    text += `xref\n0 4\n0000000000 65535 f \n${at.map((one) => `${String(one).padStart(10, '0')} 00000 n \n`).join('')}`;
    writeFileSync(path, `${text}trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`);
    return path;
  };

  it.each([
    ['0 0 14400 14400', '/UserUnit 75'],
    ['0 0 0 0', ''],
    ['0 0 0 800', ''],
    ['-1000000000 0 1000000000 1000000000', ''],
    ['0 0 1e-9 1e-9', ''],
    ['0 0 612 792', '/UserUnit 1e30'],
  ])('keeps no other document from the list: [%s] %s', async (box, unit) => {
    const picked = new PickedDocuments(new DocumentGrants());
    const list = await picked.add([corpus('pdftex.pdf'), odd(box, unit)]);
    expect(pickedDocumentSchema.array().safeParse(list).success).toBe(true);
    expect(list).toHaveLength(2);
    expect(list[0]?.problem).toBeUndefined();
  });
});
