import { z } from 'zod';
import { lenientFlag, lenientText, needed } from './lenient.ts';
import { apiRequestStateSchema } from './request-state.ts';
import { officerFormSchema } from './tokens.ts';

export const API_ID_DOCUMENT_TYPES = Object.freeze(['IDC', 'PAS', 'PNO', 'TIN', 'CI', 'CE'] as const);

/** Pictures of the id document; they stay on this machine. */
export const IDENTITY_IMAGES = Object.freeze([
  'document_front',
  'document_rear',
  'document_owner',
  'extra_document',
] as const);

/** What may be said of the signer. Every field is judged later, one by one, with the known texts. */
export const signerFieldsSchema = z.object({
  given_name: lenientText.optional(),
  surname_1: lenientText.optional(),
  surname_2: lenientText.optional(),
  email: lenientText.optional(),
  mobile_phone_number: lenientText.optional(),
  id_document_type: lenientText.optional(),
  id_document_country: lenientText.optional(),
  serial_number: lenientText.optional(),
  registration_authority: lenientText.optional(),
  profile: lenientText.optional(),
  communication_language: lenientText.optional(),
  residence: lenientText.optional(),
  residence_city: lenientText.optional(),
  residence_postal_code: lenientText.optional(),
  residence_address: lenientText.optional(),
  special_conditions: lenientText.optional(),
});
export type SignerFields = z.infer<typeof signerFieldsSchema>;

export const createRequestFormSchema = z.looseObject({
  ...signerFieldsSchema.shape,
  email: needed(lenientText),
  mobile_phone_number: needed(lenientText),
  ...officerFormSchema.shape,
  env: lenientText.optional(),
  billing_username: lenientText.optional(),
  billing_password: lenientText.optional(),
  useasync: lenientFlag.optional(),
  callback: lenientText.optional(),
});
/** The same as a form of parts, with pictures of the id document. */
export const createRequestPartsSchema = createRequestFormSchema.extend(
  Object.fromEntries(
    IDENTITY_IMAGES.map((name) => [name, z.file().mime(['image/jpeg', 'image/png']).optional()]),
  ),
);
export type CreateRequestForm = z.infer<typeof createRequestFormSchema>;

export const updateRequestFormSchema = z.looseObject({
  ...signerFieldsSchema.shape,
  scratchcard: needed(lenientText),
  country_name: lenientText.optional(),
  birth_date: lenientText.optional(),
});

/** GET request: a large object; the keys that this product never fills are sent as null. */
export const requestDetailsSchema = z.looseObject({
  pk: z.number().int(),
  status: apiRequestStateSchema,
  profile: z.string(),
  scratchcard: z.string(),
  registration_authority: z.union([z.number().int(), z.string()]),
});

export const requestSummarySchema = z.looseObject({
  status: apiRequestStateSchema,
  given_name: z.string().nullable(),
  surname_1: z.string().nullable(),
});

/** Keys of GET request that describe kinds of certificates which are not single-use certificates of a person. */
export const UNUSED_REQUEST_KEYS = Object.freeze([
  'citizen_tax_number',
  ...[
    'rol',
    'state',
    'address',
    'tax_number',
    'name',
    'country',
    'city',
    'province',
    'identifier',
    'email',
    'postal_code',
    'url',
  ].map((key) => `organization_${key}`),
  ...['1', '2', '3'].map((key) => `organizational_unit_${key}`),
  ...['country', 'city', 'province', 'state', 'district', 'canton', 'date'].map((key) => `birth_${key}`),
  'residence',
  ...['state', 'postal_code', 'address', 'district', 'city', 'canton', 'province'].map(
    (key) => `residence_${key}`,
  ),
  ...['title', 'sex', 'description', 'ext_recognition_data', 'process_application'],
  ...['number', 'issuer', 'description', 'expiry', 'release'].map((key) => `id_document_${key}`),
  'smartcard_sn',
  ...[
    'name',
    'first_surname',
    'second_surname',
    'email',
    'position',
    'serial',
    'legal_level',
    'legal_documents',
    'registry_data',
    'citizenship',
  ].map((key) => `responsible_${key}`),
  ...['type', 'number', 'country', 'issuer'].map((key) => `id_responsible_document_${key}`),
  ...['provider_registration_number', 'administrative_unit', 'producing_user', 'producing_rao'],
  ...['professional_id_number', 'entity_owner', 'entity_owner_serial_number', 'subscriber'],
  ...['subscriber_responsible_serial', 'fix_phone_number', 'registration', 'special_conditions'],
  ...['empowerment', 'circumstances', 'limit', 'citizenship', 'complement_number', 'representation'],
  ...['external_profile', 'enrollment_success_url', 'identification_rao', 'videoid_data'],
]);
