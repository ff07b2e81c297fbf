import { describe, expect, it } from 'vitest';
import { identitySchema, maskPhone } from './identity.ts';

const valid = {
  givenName: 'Zoë',
  surname1: "O'Neill-Ñáñez",
  idDocument: { type: 'IDC', country: 'es', number: '12345678z' },
  email: 'zoe@example.com',
  mobilePhone: '+34 600 11 12 22',
  language: 'ca',
};

const problems = (change: Record<string, unknown>): string[] => {
  const result = identitySchema.safeParse({ ...valid, ...change });
  return result.success
    ? []
    : result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
};

describe('the identity of a signer', () => {
  it('is normalised: E.164 phone, upper-case country and document number', () => {
    const identity = identitySchema.parse(valid);
    expect(identity.mobilePhone).toBe('+34600111222');
    expect(identity.idDocument).toEqual({ type: 'IDC', country: 'ES', number: '12345678Z' });
  });

  it.each([
    ['a Greek name', { givenName: 'Ελένη', surname1: 'Παπαδοπούλου' }],
    ['a Polish name', { givenName: 'Łucja', surname1: 'Żółć' }],
    ['a name with a decomposed accent', { givenName: 'Zoe\u0308' }],
    ['a given name alone', { surname1: '' }],
    ['a surname alone', { givenName: undefined }],
  ])('accepts %s', (_what, change) => expect(problems(change)).toEqual([]));

  it.each([
    ['a phone without prefix', { mobilePhone: '600111222' }, 'mobilePhone: phone.prefixMissing'],
    ['a phone that no plan has', { mobilePhone: '+34 1' }, 'mobilePhone: phone.unknown'],
    [
      'a country that does not exist',
      { idDocument: { ...valid.idDocument, country: 'XX' } },
      'idDocument.country: country',
    ],
    [
      'a three-letter country',
      { idDocument: { ...valid.idDocument, country: 'ESP' } },
      'idDocument.country: country',
    ],
    [
      'an unknown document type',
      { idDocument: { ...valid.idDocument, type: 'TAX' } },
      'idDocument.type: documentType',
    ],
    ['a bad e-mail', { email: 'zoe@' }, 'email: email'],
    ['no name at all', { givenName: '  ', surname1: undefined }, 'givenName: name.missing'],
    ['a second surname without a first one', { surname1: '', surname2: 'Puig' }, 'surname1: name.missing'],
    ['a right-to-left override in a name', { surname1: 'abc\u202Edef' }, 'surname1: name.invisible'],
  ])('refuses %s', (_what, change, problem) => expect(problems(change)).toContain(problem));

  it('refuses fields that nobody asked for', () => expect(problems({ gender: 'x' })).toHaveLength(1));
});

it('a masked phone shows the prefix and the last two digits only', () => {
  expect(maskPhone('+34600111222')).toBe('+34•••••••22');
});
