import { zodResolver } from '@hookform/resolvers/zod';
import type { TFunction } from 'i18next';
import type { FieldError, Resolver } from 'react-hook-form';
import type { Channel } from '../../../contract/model/channel.ts';
import { type Identity, type IdentityInput, identitySchema } from '../../../contract/model/identity.ts';
import { LANGUAGES } from '../../../contract/model/language.ts';
import { refusalOfIssue } from '../../../contract/model/name-refusals.ts';
import { judgeNumber } from '../../../contract/model/national-number.ts';
import { phoneRefusal, withPrefix } from '../../../contract/model/phone-number.ts';

type Judge = Resolver<IdentityInput, unknown, Identity>;
const judge: Judge = zodResolver(identitySchema);

/** The phone as it is registered: a national number gets the prefix of the country that issued the document. */
export const completedPhone = ({ mobilePhone, idDocument }: IdentityInput): string =>
  withPrefix(mobilePhone, [idDocument.country]);

export interface ResolverOptions {
  readonly t: TFunction<'clerk'>;
  /** In which is said why a name is refused. */
  readonly windowLanguage: string;
  /** How the code reaches the signer; an address is needed where it goes there. */
  readonly channel: Channel | undefined;
}

/** Judges the form by the schema that main uses too, and says what is wrong in the language of the window. */
export const identityResolver =
  ({ t, windowLanguage, channel }: ResolverOptions): Judge =>
  async (typed, context, options) => {
    const values = { ...typed, mobilePhone: completedPhone(typed) };
    const judged = await judge(values, context, options);
    const errors = judged.errors as Record<string, FieldError | Record<string, FieldError>>;
    const language = LANGUAGES.find((known) => known === windowLanguage) ?? 'en';
    for (const issue of identitySchema.safeParse(values).error?.issues ?? []) {
      const sentence = refusalOfIssue(issue, language);
      const error = errors[issue.path.join('.')] as FieldError | undefined;
      if (sentence !== undefined && error) error.message = sentence;
    }
    const { mobilePhone, email, idDocument } = judged.errors;
    const refusal = phoneRefusal(values.mobilePhone);
    if (mobilePhone && refusal !== undefined) mobilePhone.message = t(`identity.phoneRefused.${refusal}`);
    if (email) email.message = t('identity.emailInvalid');
    if (idDocument?.number) idDocument.number.message = numberRefusal(values, t);
    if (channel !== 'email' || (values.email ?? '').trim() !== '') return judged;
    return {
      values: {},
      errors: { ...judged.errors, email: { type: 'custom', message: t('identity.emailNeeded') } },
    };
  };

function numberRefusal(
  { idDocument: { type, country, number } }: IdentityInput,
  t: TFunction<'clerk'>,
): string {
  const judgement = judgeNumber(type, country, number);
  if (judgement) return t('identity.numberRefused.check', { name: judgement.name });
  return /^[\p{L}\p{N}\s./-]*$/u.test(number)
    ? t('identity.numberRefused.short')
    : t('identity.numberRefused.characters');
}
