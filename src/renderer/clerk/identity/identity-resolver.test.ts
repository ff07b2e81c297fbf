import { describe, expect, it } from 'vitest';
import type { IdentityInput } from '../../../contract/model/identity.ts';
import { LANGUAGES } from '../../../contract/model/language.ts';
import { PHONE_REFUSALS, type PhoneRefusal } from '../../../contract/model/phone-number.ts';
import { resources } from '../../i18n/resources.ts';
import { identityResolver } from './identity-resolver.ts';

const ada: IdentityInput = {
  givenName: 'Ada',
  surname1: 'Lovelace',
  idDocument: { type: 'PAS', country: 'GB', number: '533401372' },
  email: 'ada@example.com',
  mobilePhone: '+34 600 111 222',
};
const judge = (change: Partial<IdentityInput>) =>
  identityResolver({ t: ((key: string) => key) as never, windowLanguage: 'es', channel: 'sms' })(
    { ...ada, ...change },
    undefined,
    {
      fields: {},
      shouldUseNativeValidation: false,
    },
  );

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
      mobilePhone: { message: 'identity.phoneRefused.landline' },
      idDocument: { number: { message: 'identity.numberRefused.short' } },
    });
  });

  it('completes a phone as people write it at home from the country of the document', async () => {
    const idDocument = { type: 'IDC', country: 'ES', number: '12345678Z' } as const;
    expect(await judge({ idDocument, mobilePhone: '600 111 222' })).toMatchObject({
      values: { mobilePhone: '+34600111222' },
      errors: {},
    });
  });

  it('needs no e-mail address, takes none that is wrong, and asks for one where the code goes to it', async () => {
    expect((await judge({ email: '' })).errors).toEqual({});
    expect((await judge({ email: 'ada' })).errors).toMatchObject({
      email: { message: 'identity.emailInvalid' },
    });
    const byMail = identityResolver({
      t: ((key: string) => key) as never,
      windowLanguage: 'en',
      channel: 'email',
    });
    const { errors } = await byMail({ ...ada, email: ' ' }, undefined, {
      fields: {},
      shouldUseNativeValidation: false,
    });
    expect(errors).toMatchObject({ email: { message: 'identity.emailNeeded' } });
  });

  it('takes somebody with one name only', async () => {
    expect(await judge({ surname1: '' })).toMatchObject({ values: { givenName: 'Ada' }, errors: {} });
  });

  it.each(LANGUAGES)('has a text of its own for each reason in %s', (language) => {
    const texts = resources[language].clerk.identity.phoneRefused;
    expect(Object.keys(texts)).toEqual(Object.keys(PHONE_REFUSALS));
    expect(new Set(Object.values<string>(texts)).size).toBe(Object.keys(texts).length);
    const words: Record<PhoneRefusal, string> = texts;
    for (const text of Object.values(words)) expect(text).toMatch(/mobile|móvil|mòbil|cellulare|telemóvel/i);
  });
});
