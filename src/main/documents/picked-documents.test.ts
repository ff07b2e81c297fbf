import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
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
