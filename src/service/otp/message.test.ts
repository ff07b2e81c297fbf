import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../contract/model/language.ts';
import { MAX_DOCUMENTS } from '../../contract/model/manifest.ts';
import { codeMessage } from './message.ts';
import { lintSms, measureSms } from './sms-length.ts';

describe.each(LANGUAGES)('the SMS in %s', (language) => {
  it.each([1, 2, MAX_DOCUMENTS])('fits one message with the longest values and %i documents', (documents) => {
    const code = '9'.repeat(10);
    const issuer = 'W'.repeat(20);
    const text = codeMessage({ language, issuer, documents, reference: 'K7QF-2M9D', minutes: 10, code });
    expect(lintSms(text, code)).toEqual([]);
    expect(measureSms(text).alphabet).toBe('gsm-7');
    for (const part of [issuer, String(documents), 'K7QF-2M9D', '10 min', code]) expect(text).toContain(part);
  });
});

describe('the linter of messages', () => {
  it('counts septets, two for the extension table, and UTF-16 units beyond the GSM alphabet', () => {
    expect(measureSms('a'.repeat(160))).toEqual({ alphabet: 'gsm-7', units: 160, limit: 160 });
    expect(measureSms('€[')).toEqual({ alphabet: 'gsm-7', units: 4, limit: 160 });
    expect(measureSms('código')).toEqual({ alphabet: 'ucs-2', units: 6, limit: 70 });
  });

  it('finds what is too long, a code that is not last, and addresses of the web', () => {
    expect(lintSms(`${'a'.repeat(155)}123456`, '123456')).toEqual([expect.stringContaining('161 of 160')]);
    expect(lintSms('123456 is your code', '123456')).toEqual(['the code is not last']);
    expect(lintSms('see www.example.com 123456', '123456')).toEqual(['it holds an address of the web']);
  });
});
