import { z } from 'zod';
import { type Identity, type IdentityInput, identitySchema } from '../../contract/model/identity.ts';
import { LANGUAGES, type Language } from '../../contract/model/language.ts';
import { API_ID_DOCUMENT_TYPES, type SignerFields } from '../../contract/optimizer-api/index.ts';
import { issueInWords } from '../../texts/field-refusals.ts';
import type { ApiPolicy } from './api-core.ts';
import { Refusal } from './refusal.ts';

const REQUIRED = ['email', 'mobile_phone_number'] as const;

/** `CI` and `CE` are the identity cards of other countries; EN 319 412-1 §5.1.3 knows one kind. */
const CARD_TYPES: readonly string[] = ['CI', 'CE'];

/**
 * The signer as the service registers them.
 * @param serial stands in for a missing number of the id document, in a sandbox only
 * @throws Refusal 400, 412 with the text that clients know for each field
 */
export function identityOf(fields: SignerFields, mode: ApiPolicy['mode'], serial: string): Identity {
  // Who has one name only gives that one.
  if (!fields.given_name?.trim() && !fields.surname_1?.trim()) {
    throw new Refusal(400, 'Missing parameter: given_name required');
  }
  for (const name of REQUIRED) {
    if (!fields[name]) throw new Refusal(400, `Missing parameter: ${name} required`);
  }
  const { mobile_phone_number: phone = '', email = '' } = fields;
  const type = fields.id_document_type || 'IDC';
  if (!phone.startsWith('+')) {
    throw new Refusal(400, 'Please use the mobile phone number with an international prefix');
  }
  if (!z.email().safeParse(email).success) throw new Refusal(400, 'Enter a valid email address');
  if (!(API_ID_DOCUMENT_TYPES as readonly string[]).includes(type)) {
    throw new Refusal(
      400,
      'The id_document_type specified is not valid. Valid options are IDC, PAS, PNO, TIN, CI, CE',
    );
  }
  const number = fields.serial_number || (mode === 'sandbox' ? serial : undefined);
  if (number === undefined) throw new Refusal(400, 'Missing parameter: serial_number required');
  return parseIdentity(fields, { type: CARD_TYPES.includes(type) ? 'IDC' : type, number });
}

/** The names under which the fields of our identity came in. */
const FIELD_NAMES: Readonly<Record<string, string>> = {
  givenName: 'given_name',
  surname1: 'surname_1',
  surname2: 'surname_2',
  'idDocument.number': 'serial_number',
  'idDocument.country': 'id_document_country',
  mobilePhone: 'mobile_phone_number',
  registrationAuthority: 'registration_authority',
};

/** @param names of ours, where they stand in a call to the service */
export function clientFieldNames(names: readonly string[]): string {
  const own = names.map((name) => name.replace(/^identity\./, ''));
  return [...new Set(own.map((name) => FIELD_NAMES[name] ?? name))].join('; ');
}

const knownLanguage = ({ communication_language: asked }: SignerFields): Language | undefined =>
  LANGUAGES.find((language) => language === asked?.toLowerCase());

/** In which the signer is written to, and why their name is refused. */
export const languageOf = (fields: SignerFields): Language => knownLanguage(fields) ?? 'en';

function parseIdentity(fields: SignerFields, idDocument: { type: string; number: string }): Identity {
  const country = fields.id_document_country || 'ES';
  const parsed = identitySchema.safeParse({
    givenName: fields.given_name,
    surname1: fields.surname_1,
    surname2: fields.surname_2,
    idDocument: { ...idDocument, country },
    email: fields.email,
    mobilePhone: fields.mobile_phone_number,
    language: knownLanguage(fields),
  } satisfies Record<keyof IdentityInput, unknown>);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path }) => path.join('.'));
  if (wrong.includes('idDocument.country')) {
    throw new Refusal(400, {
      id_document_country: [`'${country.slice(0, 20)}' is not a valid ISO 3166-1 alpha-2 country code`],
    });
  }
  const phone = parsed.error.issues.find(({ path }) => path[0] === 'mobilePhone');
  if (phone !== undefined) {
    throw new Refusal(400, { mobile_phone_number: [issueInWords(phone, 'en')] }, { cause: parsed.error });
  }
  const names = clientFieldNames(wrong);
  const reasons = parsed.error.issues
    .filter(({ message }) => message.startsWith('name.'))
    .map((issue) => issueInWords(issue, languageOf(fields)));
  const why = reasons.length === 0 ? '' : `. ${reasons.join(' ')}`;
  throw new Refusal(412, `Error occured during request approval: Invalid request fields: ${names}${why}`, {
    cause: parsed.error,
  });
}
