import { describe, expect, it } from 'vitest';
import { visibleSignatureSchema } from '../../contract/model/appearance.ts';
import { appearanceFromVendor } from '../index.ts';
import { type AppearanceValues, fillVariables } from './fill-variables.ts';

const values: AppearanceValues = {
  signer: {
    givenName: 'Núria',
    surname1: 'Ferrer',
    surname2: 'Puig',
    email: 'nuria@example.com',
    idDocument: { type: 'IDC', country: 'ES', number: '12345678Z' },
    language: 'ca',
  },
  at: new Date('2026-07-01T22:30:05Z'),
  reason: 'Loan',
  request: '4711',
};
const MADRID = { timeZone: 'Europe/Madrid' };

describe('variables of a visible signature', () => {
  it.each([
    ['{name}', 'Núria Ferrer Puig'],
    ['{surname}, {givenName} <{email}>', 'Ferrer Puig, Núria <nuria@example.com>'],
    ['{idNumber}', '12345678Z'],
    ['{subject}', 'CN=Núria Ferrer Puig, SN=Ferrer Puig, GN=Núria, C=ES'],
    ['{date}', '2026-07-02 00:30 +02:00'],
    ['{reason} {request}', 'Loan 4711'],
    ['at {location}.', 'at .'],
    ['{{name}}', '{name}'],
  ])('%s: %s', (template, text) => {
    expect(fillVariables(template, values, MADRID)).toBe(text);
  });

  it('writes the date in the language of the signer and in the zone asked for', () => {
    const format = { dateFormat: "d MMMM yyyy 'a les' HH:mm", timeZone: 'America/Bogota' };
    expect(fillVariables('{date}', values, format)).toBe('1 de juliol 2026 a les 17:30');
  });
});

describe('an appearance', () => {
  const place = { page: 1, rectangle: { x1: 0, y1: 0, x2: 100, y2: 50 } };

  it.each([
    ['an unknown variable', { text: ['{nom}'] }],
    ['a brace that belongs to nothing', { text: ['{name'] }],
    ['an unknown time zone', { timeZone: 'Europe/Barcelona' }],
    ['a picture and a drawing', { png: 'AAAA', drawing: { strokes: [[[0, 0]]] } }],
    ['a drawing without ink', { drawing: { strokes: [] } }],
  ])('is refused with %s', (_, more) => {
    expect(visibleSignatureSchema.safeParse({ ...place, ...more }).success).toBe(false);
  });
});

describe('an appearance in the words of the vendor', () => {
  const lineOf = (text: string, dateFormat?: string, timeZone?: string): string => {
    const appearance = appearanceFromVendor({
      text: [text],
      ...(dateFormat === undefined ? {} : { dateFormat }),
      ...(timeZone === undefined ? {} : { timeZone }),
    });
    const { text: lines = [] } = visibleSignatureSchema.parse({
      page: 1,
      rectangle: { x1: 0, y1: 0, x2: 100, y2: 50 },
      ...appearance,
    });
    return fillVariables(lines[0] ?? '', values, appearance);
  };

  it.each([
    ['Signed by %(CN)s', 'Signed by Núria Ferrer Puig'],
    ['%(CN) and %(E)s', 'Núria Ferrer Puig and nuria@example.com'],
    ['%(SUBJECT)s', 'CN=Núria Ferrer Puig, SN=Ferrer Puig, GN=Núria, C=ES'],
    ['{name} 100 %', '{name} 100 %'],
    ['%(UNKNOWN)s', '%(UNKNOWN)s'],
  ])('%s: %s', (text, filled) => {
    expect(lineOf(text)).toBe(filled);
  });

  it.each([
    ['%d/%m/%Y %H:%M:%S', 'UTC', '01/07/2026 22:30:05'],
    ['%d/%m/%Y %H:%M:%S', 'Europe/Barcelona', '02/07/2026 00:30:05'],
    ['%F %T %z', 'Europe/Madrid', '2026-07-02 00:30:05 +0200'],
    ['day %-d at %H h, 5%%', 'Mars/Olympus', 'day 1 at 22 h, 5%'],
    ["o'clock %I %q", 'UTC', 'o’clock 10 %q'],
  ])('date %s in %s: %s', (format, zone, text) => {
    expect(lineOf('%(DATE)s', format, zone)).toBe(text);
  });
});
