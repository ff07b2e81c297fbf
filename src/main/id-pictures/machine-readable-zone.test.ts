import { describe, expect, it } from 'vitest';
import { readZone } from './machine-readable-zone.ts';

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
    const seen = `PASAPORTE / PASSPORT\n\nMARIA\n${DNI.replace('BAA000589', 'BAAOOO589').replace('<7\n', '\n')}\n`;
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
