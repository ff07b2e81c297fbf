import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormFields, parseTextBody } from './text-body.ts';

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';
const value = { name: 'Núria €', tries: 3 };

/** The same text in the encodings that clients use. */
const encoded: readonly (readonly [string, Buffer, string])[] = [
  ['UTF-8', Buffer.from(JSON.stringify(value)), JSON_TYPE],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${JSON.stringify(value)}`), JSON_TYPE],
  ['UTF-16 with a mark', Buffer.from(`\ufeff${JSON.stringify(value)}`, 'utf16le'), JSON_TYPE],
  ['UTF-16 without one', Buffer.from(JSON.stringify(value), 'utf16le'), JSON_TYPE],
  ['UTF-16, the high byte first', Buffer.from(JSON.stringify(value), 'utf16le').swap16(), JSON_TYPE],
  ['JSON that is called a form', Buffer.from(JSON.stringify(value)), FORM_TYPE],
];

describe('a body of text', () => {
  it.each(encoded)('is read as %s', (_, bytes, type) => {
    expect(parseTextBody(bytes, type)).toEqual(value);
  });

  it('is a form where it says so', () => {
    expect(parseTextBody(Buffer.from('a=1&b=N%C3%BAria&c='), FORM_TYPE)).toEqual({
      a: '1',
      b: 'Núria',
      c: '',
    });
  });

  it('is read by its charset', () => {
    const bytes = Buffer.from('{"name":"N\xfaria"}', 'latin1');
    expect(parseTextBody(bytes, `${JSON_TYPE}; charset="iso-8859-1"`)).toEqual({ name: 'Núria' });
    expect(() => parseTextBody(bytes, JSON_TYPE)).toThrow(expect.objectContaining({ httpStatus: 400 }));
    expect(() => parseTextBody(bytes, `${JSON_TYPE}; charset=klingon`)).toThrow(
      expect.objectContaining({ httpStatus: 415 }),
    );
  });

  it('keeps every field of a form, whatever its name', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.string()), (fields) => {
        const text = new URLSearchParams(Object.entries(fields)).toString();
        fc.pre(!/^\s*[{[]/.test(text) && text !== '');
        expect(parseTextBody(Buffer.from(text), FORM_TYPE)).toEqual({ ...fields });
      }),
    );
  });
});

describe('the fields of a form', () => {
  it('may stand twice with the same value, and not with another', () => {
    const fields = new FormFields();
    fields.add('secret', '1234');
    fields.add('secret', '1234');
    expect(() => fields.add('secret', '4321')).toThrow(
      expect.objectContaining({ httpStatus: 400, response: expect.stringContaining("'secret'") }),
    );
  });

  it('are of the form alone, also where they are called like something every object has', () => {
    const fields = new FormFields();
    fields.add('__proto__', 'x');
    fields.add('constructor', 'y');
    expect(Object.entries(fields.values)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });
});
