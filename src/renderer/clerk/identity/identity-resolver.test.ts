import { describe, expect, it } from 'vitest';
import { FIELD_REFUSALS } from '../../../contract/model/field-refusal.ts';
import type { IdentityInput } from '../../../contract/model/identity.ts';
import { LANGUAGES } from '../../../contract/model/languages.ts';
import { fieldRefusal } from '../../../texts/field-refusals.ts';
import { identityTexts } from '../../../texts/identity.ts';
import { identityResolver } from './identity-resolver.ts';

const ada: IdentityInput = {
  givenName: 'Ada',
  surname1: 'Lovelace',
  idDocument: { type: 'PAS', country: 'GB', number: '533401372' },
  email: 'ada@example.com',
  mobilePhone: '+34 600 111 222',
};
const judge = (change: Partial<IdentityInput>, language = 'es') =>
  identityResolver(language)({ ...ada, ...change }, undefined, {
    fields: {},
    shouldUseNativeValidation: false,
  });

describe('the form of the signer', () => {
  it('gives out the identity as it is registered', async () => {
    expect(await judge({})).toMatchObject({ values: { mobilePhone: '+34600111222' }, errors: {} });
  });

  it('names field and reason of a number that receives no SMS', async () => {
    const { errors } = await judge({
      mobilePhone: '+34 911 234 567',
      idDocument: { ...ada.idDocument, number: '' },
    });
    expect(errors).toMatchObject({
      mobilePhone: { message: identityTexts.es.phone.landline },
      idDocument: { number: { message: identityTexts.es.documentNumber.missing } },
    });
  });

  /** Each of them once wrong, so that every field has a sentence. */
  const wrong: Partial<IdentityInput> = {
    givenName: 'Ada\u202e',
    surname1: '123',
    surname2: '<b>',
    idDocument: { type: 'X' as 'PAS', country: 'Spain', number: '?' },
    email: 'ada at example.com',
    mobilePhone: '600 111 222',
    language: 'tlh' as 'es',
  };

  it.each(LANGUAGES)('says in %s what is wrong with each field', async (language) => {
    const { errors } = await judge(wrong, language);
    const said = JSON.stringify(errors);
    const {
      name,
      phone,
      documentNumber,
      documentType,
      country,
      email,
      language: unknown,
    } = identityTexts[language];
    const problems = [name.invisible, name.noLetter, name.character].map((text) =>
      text.replace('{{field}}', ''),
    );
    for (const text of [
      ...problems,
      phone.prefixMissing,
      documentNumber.character,
      documentType,
      country,
      email,
      unknown,
    ])
      expect(said).toContain(text);
  });

  it.each(LANGUAGES)('has a sentence of its own for each reason in %s', (language) => {
    const sentences = FIELD_REFUSALS.map((code) => fieldRefusal('surname1', code, language));
    expect(new Set(sentences).size).toBe(FIELD_REFUSALS.length);
    for (const sentence of sentences) expect(sentence).toMatch(/\.$/);
    for (const text of Object.values(identityTexts[language].phone))
      expect(text).toMatch(/mobile|móvil|mòbil|cellulare|telemóvel/i);
  });
});
