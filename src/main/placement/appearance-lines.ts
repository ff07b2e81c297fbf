import type { Language } from '../../contract/model/language.ts';

/** What a visible signature says, in the language in which the signer reads. `{…}` is filled in when signing. */
const LINES: Readonly<Record<Language, readonly string[]>> = Object.freeze({
  es: ['Firmado por {name}', '{date}', '{organisation}'],
  ca: ['Signat per {name}', '{date}', '{organisation}'],
  en: ['Signed by {name}', '{date}', '{organisation}'],
  it: ['Firmato da {name}', '{date}', '{organisation}'],
  pt: ['Assinado por {name}', '{date}', '{organisation}'],
  fr: ['Signé par {name}', '{date}', '{organisation}'],
});

/** As dates are written in the language of the signer, with the zone in which it is read: luxon's tokens. */
export const DATE_FORMAT = 'DDD, T ZZZZ';

/** A trial signature says so on the page too: it may be printed and passed on. */
const SANDBOX_LINE = 'SANDBOX - NOT QUALIFIED';

export const appearanceLines = (language: Language, sandbox: boolean): string[] => [
  ...LINES[language],
  ...(sandbox ? [SANDBOX_LINE] : []),
];
