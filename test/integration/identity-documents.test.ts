import { beforeAll, describe, expect, it } from 'vitest';
import { pictureSizeOf } from '../../src/contract/model/picture-size.ts';
import { openPictureReader, type PictureReader } from '../../src/main/id-pictures/picture-reader.ts';
import { type CameraOptions, photographed } from '../support/identity-card.ts';
import { inShort } from '../support/long-form.ts';
import { checkDigit, type Holder, type ZoneFormat, zoneOf } from '../support/machine-readable.ts';

const TODAY = new Date('2026-11-25T12:00:00Z');
const CARMEN: Holder = {
  state: 'ESP',
  surname: 'GARCIA<NUNEZ',
  given: 'MARIA<CARMEN',
  number: 'BAA000589',
  born: '800101',
  expires: '310101',
  addition: '12345678Z',
};
const SUHARTO: Holder = {
  ...CARMEN,
  state: 'IDN',
  surname: 'SUHARTO',
  given: '',
  number: 'X0735492',
  addition: '',
};
const ERIKA: Holder = {
  state: 'D',
  surname: 'MUSTERMANN',
  given: 'ERIKA',
  number: 'T22000129',
  born: '640812',
  expires: '201031',
};

let reader: PictureReader;
beforeAll(async () => {
  reader = await openPictureReader();
});

async function readFrom(zone: readonly string[], camera?: CameraOptions) {
  const picture = await photographed(zone, camera);
  const size = pictureSizeOf(picture);
  if (!size) throw new Error('no JPEG');
  return reader.read({ picture, ...size }, TODAY);
}

const carmens = {
  givenName: 'Maria Carmen',
  surname1: 'Garcia',
  surname2: 'Nunez',
  idDocument: { type: 'IDC', country: 'ES', number: '12345678Z' },
  expired: false,
};

const WAYS: readonly (readonly [string, CameraOptions])[] = [
  ['a trifle askew', { turned: 3 }],
  ['straight', {}],
  ['upside down, and askew', { turned: 178 }],
  ['on its side', { turned: 90 }],
  ['in a dark room', { noise: 30, blur: 1 }],
  ['small', { size: 900 }],
];

describe('a picture of a document is read on this computer', () => {
  it.each(inShort(WAYS, 2))('a card, %s', async (_, camera) => {
    expect(await readFrom(zoneOf('TD1', CARMEN), camera)).toEqual(carmens);
  });

  it.each<[ZoneFormat, Holder, object]>([
    ['TD2', ERIKA, { givenName: 'Erika', surname1: 'Mustermann', expired: true }],
    ['TD3', SUHARTO, { surname1: 'Suharto', idDocument: { type: 'PAS', country: 'ID', number: 'X0735492' } }],
  ])('a paper of %s', async (format, holder, expected) => {
    const found = await readFrom(zoneOf(format, holder));
    expect(found).toMatchObject(expected);
    if (holder.given === '') expect(found).not.toHaveProperty('givenName');
  });

  it('fills nothing in where a check digit is wrong, however clear the picture', async () => {
    const [first = '', second = '', third = ''] = zoneOf('TD1', CARMEN);
    const wrong = String((Number(checkDigit(CARMEN.born)) + 1) % 10);
    expect(await readFrom([first, second.slice(0, 6) + wrong + second.slice(7), third])).toBeUndefined();
  });

  it('is not read of what has no zone', async () => {
    expect(await readFrom(['NOTHING TO BE READ HERE'])).toBeUndefined();
  });
});
