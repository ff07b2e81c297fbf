import { expect, it } from 'vitest';
import { identitySchema } from './identity.ts';
import { storedIdentitySchema } from './stored-identity.ts';

const stored = {
  givenName: 'Ada',
  surname1: 'Lovelace',
  idDocument: { type: 'PAS', country: 'GB', number: '533401372' },
  email: 'ada@example.com',
  mobilePhone: '+34600111222',
  language: 'en',
};

it('reads back every identity that may be entered, unchanged', () => {
  expect(storedIdentitySchema.parse(identitySchema.parse(stored))).toEqual(stored);
});

it.each([
  ['whose phone is a landline by the plan of today', { mobilePhone: '+34911234567' }],
  ['whose phone no plan has today', { mobilePhone: '+340000' }],
  ['whose country no longer exists', { idDocument: { ...stored.idDocument, country: 'YU' } }],
  ['with a number that is refused today', { idDocument: { ...stored.idDocument, number: '12' } }],
])('reads back an identity %s', (_what, change) => {
  const old = { ...stored, ...change };
  expect(storedIdentitySchema.parse(old)).toEqual(old);
  expect(identitySchema.safeParse(old).success).toBe(false);
});
