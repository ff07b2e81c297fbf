import { isSupportedCountry, type NumberType, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { z } from 'zod';
import { type PhoneRefusal, refusal } from './field-refusal.ts';
import { latinDigits } from './typed-number.ts';

/**
 * What the numbering plan tells apart from mobile phones for certain. Where a plan does not tell them apart
 * (`FIXED_LINE_OR_MOBILE`, as in North America) a number is taken, and so are personal numbers, which lead to
 * mobile phones too.
 */
const NO_MOBILE_PHONE: Readonly<Partial<Record<NonNullable<NumberType>, PhoneRefusal>>> = Object.freeze({
  FIXED_LINE: 'landline',
  TOLL_FREE: 'freephone',
  PREMIUM_RATE: 'premiumRate',
  SHARED_COST: 'sharedCost',
  VOIP: 'voip',
  PAGER: 'pager',
  UAN: 'companyNumber',
  VOICEMAIL: 'voicemail',
});

type Reading = { readonly number: string } | { readonly refused: PhoneRefusal };

/**
 * A number as people write it at home, with the prefix of the first of these countries in which it is a mobile phone
 * (ISO 3166-1 codes); `00` stands for `+`. Unchanged where it has a prefix already, or none of them knows it.
 */
export function withPrefix(text: string, countries: readonly string[]): string {
  const written = asWritten(text).replace(/^00/, '+');
  if (written.startsWith('+') || written === '') return written;
  for (const country of countries) {
    if (!isSupportedCountry(country)) continue;
    const parsed = parsePhoneNumberFromString(written, country);
    if (parsed?.isValid() && parsed.country === country && 'number' in readMobilePhone(parsed.number))
      return parsed.formatInternational();
  }
  return text;
}

const asWritten = (text: string): string => latinDigits(text.normalize('NFKC')).trim();

function readMobilePhone(text: string): Reading {
  const written = asWritten(text);
  if (!written.startsWith('+')) return { refused: 'prefixMissing' };
  const parsed = parsePhoneNumberFromString(written);
  if (!parsed?.isValid()) return { refused: 'unknown' };
  const type = parsed.getType();
  const refused = type && NO_MOBILE_PHONE[type];
  // E.164: without the trunk prefix that some write after the country, and without an extension.
  return refused === undefined ? { number: parsed.number } : { refused };
}

/**
 * The mobile phone of a signer in E.164, judged by the numbering plan of its country.
 *
 * Numbering plans change with the library: for what people enter, never for what was stored
 * (`stored-identity.ts`).
 */
export const mobilePhoneSchema = z
  .string()
  .max(64, refusal('phone.unknown'))
  .transform((text, context) => {
    const reading = readMobilePhone(text);
    if ('number' in reading) return reading.number;
    context.addIssue({ code: 'custom', message: refusal(`phone.${reading.refused}`) });
    return z.NEVER;
  });
