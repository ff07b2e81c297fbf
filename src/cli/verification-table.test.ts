import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tableHead, tableLines } from './verification-table.ts';

/** The cells of one line, read as RFC 4180 says. */
function cellsOf(line: string): string[] {
  const cells = [...line.trimEnd().matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/gu)];
  return cells.map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '');
}

it('whatever a file is called, it stays one line with as many cells as the head, and no formula', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (file) => {
      const text = tableLines({ file, verdict: 'invalid', finding: 'OSS_PDF_MALFORMED' });
      expect(text.split('\r\n')).toHaveLength(2);
      const cells = cellsOf(text);
      expect(cells).toHaveLength(cellsOf(tableHead()).length);
      expect(cells[0]).not.toMatch(/^[=+\-@]/u);
      expect(cells[1]).toBe('invalid');
    }),
  );
});

it.each(['=cmd|calc!A1', '+1', '-1', '@SUM(A1)', ' =1'])('%s is a text', (file) => {
  expect(cellsOf(tableLines({ file, verdict: 'unsigned', finding: '' }))[0]).toBe(`'${file}`);
});
