import { zodResolver } from '@hookform/resolvers/zod';
import type { FieldError, Resolver } from 'react-hook-form';
import { type Identity, type IdentityInput, identitySchema } from '../../../contract/model/identity.ts';
import { LANGUAGES } from '../../../contract/model/language.ts';
import { refusalOfIssue } from '../../../contract/model/name-refusals.ts';
import { type PhoneRefusal, phoneRefusal } from '../../../contract/model/phone-number.ts';

const judge: Resolver<IdentityInput, unknown, Identity> = zodResolver(identitySchema);

/**
 * Judges the form by the schema that main uses too.
 * @param inWords why a phone number is refused, in the language of the clerk
 * @param windowLanguage in which is said why a name is refused
 */
export const identityResolver =
  (inWords: (refusal: PhoneRefusal) => string, windowLanguage: string): typeof judge =>
  async (values, context, options) => {
    const judged = await judge(values, context, options);
    const { mobilePhone } = judged.errors;
    const refusal = phoneRefusal(values.mobilePhone);
    if (mobilePhone !== undefined && refusal !== undefined) mobilePhone.message = inWords(refusal);
    const language = LANGUAGES.find((known) => known === windowLanguage) ?? 'en';
    for (const issue of identitySchema.safeParse(values).error?.issues ?? []) {
      const sentence = refusalOfIssue(issue, language);
      const error = (judged.errors as Record<string, FieldError>)[issue.path.join('.')];
      if (sentence !== undefined && error) error.message = sentence;
    }
    return judged;
  };
