import { join, sep, win32 } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPlainFileName } from './file-name.ts';

describe('the name of a file in a folder', () => {
  it.each([
    ...[
      'contract.pdf',
      'Vertrag Nr. 12.pdf',
      'contrato_señora-Ñ (1).pdf',
      '契約書.pdf',
      'a',
      'console.pdf',
      'com.pdf',
    ],
    ...['e\u0301te\u0301.pdf', 'عقد.pdf', 'o’neill & sons, 50%.pdf'],
  ])('%s is one', (name) => {
    expect(isPlainFileName(name)).toBe(true);
  });

  it.each([
    ...[
      '',
      '.',
      '..',
      '../a.pdf',
      '..\\a.pdf',
      '/etc/passwd',
      '\\\\server\\share\\a.pdf',
      'C:\\a.pdf',
      'C:a.pdf',
    ],
    ...[
      'a.pdf:stream',
      'a\0.pdf',
      'a\nb.pdf',
      'CON',
      'con.pdf',
      'NUL.json',
      'COM1.pdf',
      'lpt¹',
      'AUX.tar.gz',
    ],
    ...['a.pdf.', 'a.pdf ', '.hidden', 'a\u202efdp.exe', 'a?.pdf', `${'漢'.repeat(80)}.pdf`, 'a\ud800.pdf'],
  ])('%j is none', (name) => {
    expect(isPlainFileName(name)).toBe(false);
  });

  it('what is one stays in its folder, whichever system joins it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (name) => {
        fc.pre(isPlainFileName(name));
        expect(join('/in', name)).toBe(`${sep}in${sep}${name}`);
        expect(win32.resolve('C:\\in', name)).toBe(`C:\\in\\${name}`);
      }),
    );
  });
});
