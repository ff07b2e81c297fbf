import countries from 'i18n-iso-countries';
import { z } from 'zod';
import { documentNumberSchema } from './document-number.ts';
import { languageSchema } from './language.ts';
import { mobilePhoneSchema } from './phone-number.ts';

/** National id, passport, personal number, tax number: the types of EN 319 412-1 §5.1.3 that are in use. */
export const ID_DOCUMENT_TYPES = Object.freeze(['IDC', 'PAS', 'PNO', 'TIN'] as const);

const personName = (label: string) =>
  z
    .string()
    .trim()
    .min(1, `${label} is missing.`)
    .max(64, `${label} is longer than 64 characters.`)
    // Control and formatting characters (RTL overrides among them) could make a name read differently
    // from what is certified. Letters of every script, marks, apostrophes, hyphens and dots remain.
    .regex(/^[\p{L}\p{M}\p{N} .,'’`·\-()/]+$/u, `${label} has characters that no name has.`)
    .transform((name) => name.normalize('NFC').replace(/\s+/gu, ' '));

export const countrySchema = z
  .string()
  .trim()
  .toUpperCase()
  .refine(
    (code) => code.length === 2 && countries.isValid(code),
    'An ISO 3166-1 country code of two letters, e.g. ES.',
  );

export const idDocumentSchema = z.strictObject({
  type: z.enum(ID_DOCUMENT_TYPES, 'The type of the id document is one of IDC, PAS, PNO, TIN.'),
  country: countrySchema,
  number: documentNumberSchema,
});

/** The signer as the registration officer has identified them. */
export const identitySchema = z.strictObject({
  givenName: personName('The given name'),
  surname1: personName('The surname'),
  surname2: personName('The second surname').optional(),
  idDocument: idDocumentSchema,
  email: z.email('Enter a valid e-mail address.').max(254),
  mobilePhone: mobilePhoneSchema,
  /** The language in which the signer reads: contract, SMS. */
  language: languageSchema.default('en'),
});

export type Identity = z.infer<typeof identitySchema>;
export type IdentityInput = z.input<typeof identitySchema>;

export const surnameOf = (identity: Pick<Identity, 'surname1' | 'surname2'>): string =>
  identity.surname2 ? `${identity.surname1} ${identity.surname2}` : identity.surname1;

export const fullNameOf = (identity: Pick<Identity, 'givenName' | 'surname1' | 'surname2'>): string =>
  `${identity.givenName} ${surnameOf(identity)}`;

/** What a screen or an SMS log may show of a phone number: the prefix and the last two digits. */
export const maskPhone = (phone: string): string =>
  `${phone.slice(0, 3)}${'•'.repeat(Math.max(0, phone.length - 5))}${phone.slice(-2)}`;
