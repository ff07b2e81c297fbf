import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { examineFile } from './examine-document.ts';

const file = (name: string): string => resolve(import.meta.dirname, '../../../test/reading', `${name}.pdf`);
const notesOf = async (path: string) => (await examineFile(path)).notes;

describe('what a viewer cannot show as it is', () => {
  it.each(['c03-image-30000', 'd01-flate-broken'])('is named with its page: %s', async (name) => {
    expect(await notesOf(file(name))).toContainEqual({ code: 'incompletePages', pages: [[1, 1]] });
  });

  it.each(['e02-value-vs-ap', 'e07-choice', 'e11-password-field'])(
    'is named where a field holds another text than it shows: %s',
    async (name) => {
      const codes = (await notesOf(file(name))).map(({ code }) => code);
      expect(codes).toContain('valuesDiffer');
    },
  );

  it.each([
    'libreoffice',
    'pdftex',
    'reportlab',
    'reportlab-form',
    'pdfbox-sigfield',
    'chromium',
    'q-objstm',
  ])('is not found in an honest document: %s', async (name) => {
    const codes = (await notesOf(resolve(import.meta.dirname, `../../../test/corpus/${name}.pdf`))).map(
      ({ code }) => code,
    );
    expect(codes).not.toContain('incompletePages');
    expect(codes).not.toContain('valuesDiffer');
  });
});
