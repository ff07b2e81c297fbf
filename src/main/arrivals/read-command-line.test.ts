import { isAbsolute } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_FILES, readCommandLine, readLink } from './read-command-line.ts';

const given = (...texts: unknown[]) => readCommandLine(texts, '/home/clerk', false);
const onWindows = (...texts: unknown[]) => readCommandLine(texts, 'C:\\Users\\clerk', true);

describe('files behind the name of the program', () => {
  it('are taken as a person or the system writes them', () => {
    expect(given('contract.pdf', '/data/Ñandú 1.PDF', 'file:///data/a%20b.pdf')).toEqual({
      kind: 'files',
      paths: ['/home/clerk/contract.pdf', '/data/Ñandú 1.PDF', '/data/a b.pdf'],
    });
    expect(onWindows('D:\\forms\\a.pdf', '\\\\branch\\share\\b.pdf', 'c.pdf')).toEqual({
      kind: 'files',
      paths: ['D:\\forms\\a.pdf', '\\\\branch\\share\\b.pdf', 'C:\\Users\\clerk\\c.pdf'],
    });
  });

  it.each([
    [['/usr/lib/one-shot', '--user-data-dir=/tmp/a.pdf', '-r', 'loader.js']],
    [['--pdf', '-a.pdf', '--gpu-launcher=calc.pdf']],
    [['contract.docx', 'contract.pdf.exe', 'contract', '']],
    [['a\u0000.pdf', 'b\n.pdf', 'https://evil.example/a.pdf.html']],
    [['file://evil.example/share/a.pdf', 'file:///a%2fb.pdf', 'file:']],
    [[`${'a'.repeat(5000)}.pdf`]],
    [[undefined, 7, {}, ['a.pdf']]],
  ])('%j is none', (texts) => {
    expect(given(...texts)).toBeUndefined();
  });

  it('never name a device', () => {
    expect(onWindows('\\\\.\\PhysicalDrive0.pdf', '\\\\?\\C:\\a.pdf', '//./pipe/a.pdf')).toBeUndefined();
  });

  it('are a bounded number', () => {
    const many = Array.from({ length: 5000 }, (_, index) => `/${index}.pdf`);
    const arrival = given(...many);
    expect(arrival?.kind === 'files' && arrival.paths.length).toBe(MOST_FILES);
  });
});

describe('a link', () => {
  it.each([
    ['oneshot:new', { kind: 'new' }],
    ['ONESHOT://check/', { kind: 'check' }],
    ['oneshot:transaction/tx_0123456789abcdef', { kind: 'transaction', id: 'tx_0123456789abcdef' }],
  ])('%s leads to a place', (link, place) => {
    expect(readLink(link)).toEqual(place);
  });

  it.each([
    'oneshot:',
    'oneshot://',
    'oneshot:sign',
    'oneshot:new?file=/etc/passwd',
    'oneshot:new#x',
    'oneshot:/data/a.pdf',
    'oneshot:transaction/../../a',
    'oneshot:transaction/tx_0123456789abcdef/cancel',
    'oneshot:new\nfile:///a.pdf',
    'xoneshot:new',
    'https://oneshot:new',
  ])('%j leads nowhere', (link) => {
    expect(readLink(link)).toBeUndefined();
  });

  it('carries no file: what a page wrote behind a quotation mark is not taken either', () => {
    expect(given('oneshot:new', '/data/a.pdf')).toEqual({ kind: 'new' });
    expect(given('/data/a.pdf', 'oneshot:sign')).toBeUndefined();
  });
});

describe('anything at all', () => {
  const texts = fc.array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map((name) => `${name}.pdf`),
      fc.webUrl(),
      fc.string().map((rest) => `oneshot:${rest}`),
      fc.anything(),
    ),
  );

  it('gives absolute paths of PDF files, or a place, or nothing', () => {
    fc.assert(
      fc.property(texts, (all) => {
        const arrival = given(...all);
        if (arrival?.kind !== 'files') return arrival === undefined || Object.keys(arrival).length <= 2;
        return arrival.paths.every((path) => isAbsolute(path) && /\.pdf$/i.test(path));
      }),
    );
  });
});
