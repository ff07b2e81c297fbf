import { expect, it } from 'vitest';
import { weaknessOf } from './admin-password.ts';

it.each([
  ['too short', 'Tr0ub4dor&3', 'short'],
  ['longer than anybody types', 'abcdefgh-1'.repeat(13), 'long'],
  ['of few characters', 'abababababab', 'fewCharacters'],
  ['a run of digits', '123456789012', 'run'],
  ['a run of letters', 'abcdefghijklm', 'run'],
  ['a run downwards', 'mlkjihgfedcba', 'run'],
  ['a common word with digits', 'Password2026!', 'common'],
  ['the name of the product', 'one-shot-signature', 'common'],
  ['a common word with an accent', 'contraseña12345', 'common'],
])('refuses a password that is %s', (_what, password, weakness) => {
  expect(weaknessOf(password)).toBe(weakness);
});

it.each(['correct horse battery', 'vuit gats dormen', '4821 mesas azules', 'пароль из слов'])(
  'accepts %s, which asks for no special signs',
  (password) => {
    expect(weaknessOf(password)).toBeUndefined();
  },
);
