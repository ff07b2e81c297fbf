/**
 * Why what a person typed is refused: a code in place of the message of a zod issue. What each code says stands in
 * `resources/locales/<language>/identity.json`, under the same path.
 */
import { NAME_PROBLEMS, type NameProblem } from './person-name.ts';

/** What the numbering plan of a country says of a number that receives no SMS, or that is none. */
export const PHONE_REFUSALS = Object.freeze([
  'prefixMissing',
  'unknown',
  'landline',
  'freephone',
  'premiumRate',
  'sharedCost',
  'voip',
  'pager',
  'companyNumber',
  'voicemail',
] as const);
export type PhoneRefusal = (typeof PHONE_REFUSALS)[number];

const DOCUMENT_NUMBER_REFUSALS = ['missing', 'tooLong', 'character'] as const;
export type DocumentNumberRefusal = (typeof DOCUMENT_NUMBER_REFUSALS)[number];

export type FieldRefusal =
  | `name.${NameProblem}`
  | `phone.${PhoneRefusal}`
  | `documentNumber.${DocumentNumberRefusal}`
  | 'documentType'
  | 'country'
  | 'email'
  | 'language';

export const FIELD_REFUSALS: readonly FieldRefusal[] = Object.freeze([
  ...NAME_PROBLEMS.map((problem) => `name.${problem}` as const),
  ...PHONE_REFUSALS.map((refusal) => `phone.${refusal}` as const),
  ...DOCUMENT_NUMBER_REFUSALS.map((refusal) => `documentNumber.${refusal}` as const),
  'documentType',
  'country',
  'email',
  'language',
]);

const known: ReadonlySet<string> = new Set(FIELD_REFUSALS);

/** For the place of a zod message, where the compiler would take any sentence. */
export const refusal = (code: FieldRefusal): FieldRefusal => code;

export const isFieldRefusal = (message: string): message is FieldRefusal => known.has(message);
