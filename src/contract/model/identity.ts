import countries from 'i18n-iso-countries';
import { z } from 'zod';
import { documentNumberSchema } from './document-number.ts';
import { refusal } from './field-refusal.ts';
import { ID_DOCUMENT_TYPES } from './id-document-type.ts';
import { languageSchema } from './language.ts';
import { judgeNumber } from './national-number.ts';
import { normaliseName, problemOfName } from './person-name.ts';
import { mobilePhoneSchema } from './phone-number.ts';

export { ID_DOCUMENT_TYPES } from './id-document-type.ts';

/** There are fields that can be looked at. */
const isRecord = ({ value }: { readonly value: unknown }): boolean =>
  typeof value === 'object' && value !== null;

const missing = (field: string) => ({ message: refusal('name.missing'), path: [field] });

/** Empty means that the person has no such name. */
const personNameSchema = z
  .string()
  .optional()
  .transform((text, context) => {
    const name = normaliseName(text ?? '');
    if (name === '') return undefined;
    const problem = problemOfName(name);
    if (problem === undefined) return name;
    context.addIssue({ code: 'custom', message: refusal(`name.${problem}`) });
    return z.NEVER;
  });

export const countrySchema = z
  .string()
  .trim()
  .toUpperCase()
  .refine((code) => code.length === 2 && countries.isValid(code), refusal('country'));

export const idDocumentSchema = z
  .strictObject({
    type: z.enum(ID_DOCUMENT_TYPES, refusal('documentType')),
    country: countrySchema,
    number: documentNumberSchema,
  })
  .refine(({ type, country, number }) => judgeNumber(type, country, number)?.judgement !== 'refused', {
    message: refusal('documentNumber.check'),
    path: ['number'],
  });

/**
 * The signer as the registration officer has identified them. Who has one name only gives that one, as given name or
 * as surname.
 */
export const identitySchema = z
  .strictObject({
    givenName: personNameSchema,
    surname1: personNameSchema,
    surname2: personNameSchema,
    idDocument: idDocumentSchema,
    /** Nothing is sent to it; it is printed in the contract where it is known. */
    email: z
      .string()
      .trim()
      .max(254, refusal('email'))
      .optional()
      .transform((text, context) => {
        if (text === undefined || text === '') return undefined;
        if (z.email().safeParse(text).success) return text;
        context.addIssue({ code: 'custom', message: refusal('email') });
        return z.NEVER;
      }),
    mobilePhone: mobilePhoneSchema,
    /** The language in which the signer reads: contract, SMS. */
    language: languageSchema.default('en'),
  })
  .refine(({ givenName, surname1, surname2 }) => givenName ?? surname1 ?? surname2, {
    ...missing('givenName'),
    when: isRecord, // with the problems of the other fields
  })
  .refine(({ surname1, surname2 }) => surname2 === undefined || surname1 !== undefined, {
    ...missing('surname1'),
    when: isRecord,
  })
  .transform(({ givenName, surname1, surname2, email, ...others }) => ({
    ...(givenName === undefined ? {} : { givenName }),
    ...(surname1 === undefined ? {} : { surname1 }),
    ...(surname2 === undefined ? {} : { surname2 }),
    ...others,
    ...(email === undefined ? {} : { email }),
  }));

export type Identity = z.infer<typeof identitySchema>;
export type IdentityInput = z.input<typeof identitySchema>;

export { commonNameOf, fullNameOf, surnameOf } from './person-name.ts';

/** What a screen may show of an address: its first letter and its domain. */
export const maskEmail = (address: string): string => {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, 1)}${'•'.repeat(Math.max(1, at - 1))}${address.slice(at)}`;
};

/** What a screen or an SMS log may show of a phone number: the prefix and the last two digits. */
export const maskPhone = (phone: string): string =>
  `${phone.slice(0, 3)}${'•'.repeat(Math.max(0, phone.length - 5))}${phone.slice(-2)}`;
