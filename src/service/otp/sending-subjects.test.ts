import { describe, expect, it } from 'vitest';
import { identitySchema } from '../../contract/model/identity.ts';
import { sendingSubjects } from './sending-subjects.ts';

const keys = (phone: string, number: string, country = 'GB', type = 'PAS') => {
  const identity = identitySchema.parse({
    givenName: 'Ada',
    surname1: 'Lovelace',
    idDocument: { type, country, number },
    email: 'ada@example.com',
    mobilePhone: phone,
  });
  return sendingSubjects(identity, String).map(({ key }) => key);
};
const phoneOf = (phone: string) => keys(phone, '533401372')[0];
const signerOf = (...document: [string, string?, string?]) => keys('+34600111222', ...document)[1];

describe('whose codes are counted', () => {
  it.each([
    '533401372',
    '533 401 372',
    '533-401-372',
    '533.401.372',
    '533/401/372',
    ' 533401372 ',
    '0533401372',
    '00533401372',
    '533401372\u200b',
    '533\u00a0401\u00a0372',
    '５３３４０１３７２',
    '533\u2011401\u2011372',
    '53340I372',
    'GB533401372',
    'gb-533401372',
    'PASGB-533401372',
    '533\u202f401372',
    '5\u00ad33401372',
    'PAS 533401372',
    'GB-GB-533401372',
    'Passport No 533401372',
    'PAS-0053-3401372',
  ])('takes %j for the same passport', (spelling) => {
    expect(signerOf(spelling)).toBe(signerOf('533401372'));
  });

  it('takes one number of one country for one person, as card, passport or tax number, in any case', () => {
    expect(new Set(['IDC', 'PAS', 'PNO', 'TIN'].map((type) => signerOf('12345678Z', 'ES', type))).size).toBe(
      1,
    );
    expect(signerOf('12345678z', 'es')).toBe(signerOf('12345678Z', ' ES '));
    expect(signerOf('AO12345')).toBe(signerOf('A012345'));
  });

  it('keeps different people apart', () => {
    const people = [
      signerOf('533401372'),
      signerOf('533401373'),
      signerOf('533401372', 'IE'),
      signerOf('5334013720'),
      signerOf('A533401372'),
      signerOf('12345678Z', 'ES'),
      signerOf('12345678A', 'ES'),
    ];
    expect(new Set(people).size).toBe(people.length);
  });

  it.each([
    ['+447911123456', '+44 7911 123456'],
    ['+447911123456', '+44 (0)7911 123456'],
    ['+447911123456', '+4407911123456'],
    ['+34600111222', '+34 600-111-222'],
    ['+34600111222', '+34.600.111.222'],
    ['+34600111222', '\uff0b３４６００１１１２２２'],
    ['+34600111222', '+34\u200b600\u2060111222'],
    ['+34600111222', '+34 600 111 222 ext. 5'],
    ['+33612345678', '+33 (0) 6 12 34 56 78'],
    ['+79123456789', '+7 8 912 345 67 89'],
    ['+5491123456789', '+54 11 15 2345 6789'],
  ])('counts for %s what is asked for %j', (number, spelling) => {
    expect(phoneOf(spelling)).toBe(`phone ${number}`);
  });
});
