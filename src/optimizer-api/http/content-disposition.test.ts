import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentDisposition } from './content-disposition.ts';

describe('the name of a file in a header', () => {
  it.each([
    ['contract.pdf', `inline; filename="contract.pdf"; filename*=UTF-8''contract.pdf`],
    ["O'Neill (1).pdf", `inline; filename="O'Neill (1).pdf"; filename*=UTF-8''O%27Neill%20%281%29.pdf`],
    [
      'a"; filename="b.exe',
      `inline; filename="a_; filename=_b.exe"; filename*=UTF-8''a%22%3B%20filename%3D%22b.exe`,
    ],
  ])('of %j', (name, header) => {
    expect(contentDisposition(name)).toBe(header);
  });

  it('stays one header of one name, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(contentDisposition(name)).toMatch(
          /^inline; filename="[ !#-[\]-~]*"; filename\*=UTF-8''(?:[A-Za-z0-9!#$&+.^_`|~-]|%[0-9A-F]{2})*$/,
        );
      }),
    );
  });

  it('takes halves of characters, too', () => {
    expect(contentDisposition('a\ud800\r\nSet-Cookie: x')).not.toMatch(/[\r\n]/);
  });
});
