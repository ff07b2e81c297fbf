import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zoneOf } from '../../../test/support/machine-readable.ts';
import { readZone, ZoneCollector } from './machine-readable-zone.ts';

const TODAY = new Date('2026-11-25T12:00:00Z');

// The specimens of ICAO 9303 and of the Spanish and German authorities.
const PASSPORT = `P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<
L898902C36UTO7408122F1204159ZE184226B<<<<<10`;
const DNI = `IDESPBAA000589599999999R<<<<<<
8001014F2501017ESP<<<<<<<<<<<7
ESPANOLA<ESPANOLA<<CARMEN<<<<<`;
const GERMAN = `IDD<<T220001293<<<<<<<<<<<<<<<
6408125<2010315D<<<<<<<<<<<<<4
MUSTERMANN<<ERIKA<<<<<<<<<<<<<`;

describe('a machine readable zone', () => {
  it('says who somebody is on a Spanish card, by the number that they are known by', () => {
    expect(readZone(DNI, new Date('2025-01-01'))).toEqual({
      givenName: 'Carmen',
      surname1: 'Espanola',
      surname2: 'Espanola',
      idDocument: { type: 'IDC', country: 'ES', number: '99999999R' },
      expired: false,
    });
    expect(readZone(DNI, TODAY)?.expired).toBe(true);
  });

  it('says it on a German card', () => {
    expect(readZone(GERMAN, TODAY)).toMatchObject({
      givenName: 'Erika',
      surname1: 'Mustermann',
      idDocument: { type: 'IDC', country: 'DE', number: 'T22000129' },
    });
  });

  it('is found between other text, with its usual misreadings', () => {
    const seen = `PASAPORTE / PASSPORT\n\nMARIA\n${DNI.replace('BAA000589', 'BAAOOO589').replace('<<7\n', '<7\n')}\n`;
    expect(readZone(seen, TODAY)?.idDocument.number).toBe('99999999R');
  });

  it('of a state that does not exist fills nothing in', () => {
    expect(readZone(PASSPORT, TODAY)).toBeUndefined();
    expect(readZone(PASSPORT.replaceAll('UTO', 'FRA'), TODAY)).toMatchObject({
      givenName: 'Anna Maria',
      surname1: 'Eriksson',
      idDocument: { type: 'PAS', country: 'FR', number: 'L898902C3' },
    });
  });

  it('with a wrong check digit fills nothing in', () => {
    const [first = '', second = '', third = ''] = DNI.split('\n');
    for (const slip of [
      [first.replace('5895', '5896'), second, third],
      [first, second.replace('8001014', '8001024'), third],
      [first, second.replace('2501017', '2501027'), third],
    ])
      expect(readZone(slip.join('\n'), TODAY)).toBeUndefined();
  });

  it.each(['', '<<<<', 'A'.repeat(100_000), '<'.repeat(44)])('is not seen in garbage', (text) => {
    expect(readZone(text, TODAY)).toBeUndefined();
  });
});

const word = fc.stringMatching(/^[A-BD-JM-Z]{2,9}$/);
const words = (least: number) =>
  fc.array(word, { minLength: least, maxLength: 2 }).map((all) => all.join('<'));
const date = fc.date({ min: new Date('2030-01-01'), max: new Date('2049-12-31'), noInvalidDate: true });
const holders = fc.record({
  state: fc.constantFrom('FRA', 'ITA', 'D', 'IDN', 'GBR'),
  surname: words(1),
  given: words(0),
  number: fc.stringMatching(/^[ACEFHJKMNPRTUVWXY]{2}[0-9]{7}$/),
  born: fc.constantFrom('640812', '991231', '000229', '050101'),
  expires: date.map((day) => day.toISOString().slice(2, 10).replaceAll('-', '')),
});
const formats = fc.constantFrom('TD1' as const, 'TD2' as const, 'TD3' as const);

const HOLDER = {
  state: 'ITA',
  surname: 'LOVELACE',
  given: 'ADA',
  number: 'XR1234567',
  born: '640812',
  expires: '310101',
};

describe('a zone of anybody', () => {
  const named = (names: string) =>
    names
      .toLowerCase()
      .replaceAll('<', ' ')
      .replaceAll(/\b\p{L}/gu, (start) => start.toUpperCase());

  it('its names and its number are said, also of people of one name', () => {
    fc.assert(
      fc.property(formats, holders, (format, holder) => {
        const found = readZone(zoneOf(format, holder).join('\n'), TODAY);
        expect(found?.idDocument.number).toBe(holder.number);
        const isCut = holder.surname.length + holder.given.length > 26;
        if (!isCut) {
          expect(found?.surname1).toBe(named(holder.surname));
          expect(found?.givenName).toBe(holder.given === '' ? undefined : named(holder.given));
        }
      }),
    );
  });

  it('one digit that was read wrongly fills nothing in, or what is right', () => {
    const slip = fc.record({ row: fc.nat(2), at: fc.nat(43), digit: fc.nat(9) });
    fc.assert(
      fc.property(formats, holders, slip, (format, holder, { row, at, digit }) => {
        const zone = zoneOf(format, holder);
        const line = zone[row];
        if (line === undefined || !/\d/.test(line[at] ?? '')) return;
        zone[row] = line.slice(0, at) + digit + line.slice(at + 1);
        const found = readZone(zone.join('\n'), TODAY);
        if (found) expect(found.idDocument.number).toBe(holder.number);
        if (line[at] !== String(digit)) expect(found).toBeUndefined();
      }),
    );
  });

  it('fillers that were lost, doubled or taken for letters change nothing', () => {
    const holder = { ...HOLDER, addition: '' };
    for (const format of ['TD1', 'TD3'] as const) {
      const rows = zoneOf(format, holder);
      const right = readZone(rows.join('\n'), TODAY);
      expect(right?.givenName).toBe('Ada');
      for (const change of [
        (line: string) => line.replace(/<<<<(?=\d?\d?$)/, '<<'),
        (line: string) => line.replace(/<<(?=\d?\d?$)/, '<<<<'),
        (line: string) => line.replace(/<<<<<$/, '<KLKK'),
        (line: string) => line.replace(/<<<<<$/, '<<<LC'),
        (line: string) => line.replace(/(?<=ADA.*)<<<<<$/, '<<<LLLLKKLLLL'),
      ])
        expect(readZone(rows.map(change).join('\n'), TODAY)).toEqual(right);
    }
  });

  it('two looks of which each reads another line right say it together', () => {
    const [first = '', second = ''] = zoneOf('TD1', HOLDER);
    const names = 'LOVELACE<<ADA<<<<<<<<<<<<<<<<<';
    const looks = new ZoneCollector(TODAY);
    expect(looks.add([first, second.slice(0, -1), names].join('\n'))).toBeUndefined();
    expect(looks.add([first.replace('XR', 'XX'), second, names].join('\n'))).toMatchObject({
      givenName: 'Ada',
      idDocument: { number: 'XR1234567' },
    });
  });

  it('a date that a document does not have needs no check digit', () => {
    const [first = '', second = '', names = ''] = zoneOf('TD1', { ...HOLDER, expires: '<<<<<<' });
    const without = `${second.slice(0, 14)}<${second.slice(15)}`;
    expect(readZone([first, without, names].join('\n'), TODAY)).toMatchObject({ expired: false });
  });

  it('a French card of two lines is read too', () => {
    const card = `IDFRALOISEAU<<<<<<<<<<<<<<<<<<<<<<<<\n970675K002774HERVE<<DJAMEL<7303216M4`;
    expect(readZone(card, TODAY)).toMatchObject({
      givenName: 'Herve Djamel',
      surname1: 'Loiseau',
      idDocument: { type: 'IDC', country: 'FR', number: '970675K00277' },
    });
  });
});
