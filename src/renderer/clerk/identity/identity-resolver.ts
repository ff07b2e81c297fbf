import { zodResolver } from '@hookform/resolvers/zod';
import type { FieldError, Resolver } from 'react-hook-form';
import { type Identity, type IdentityInput, identitySchema } from '../../../contract/model/identity.ts';
import { LANGUAGES } from '../../../contract/model/language.ts';
import { refusalOfIssue } from '../../../contract/model/name-refusals.ts';

/** Judges the form by the schema that main uses too, and says what is wrong with a name in the language of the window. */
export function identityResolver(windowLanguage: string): Resolver<IdentityInput, unknown, Identity> {
  const judge = zodResolver(identitySchema);
  const language = LANGUAGES.find((known) => known === windowLanguage) ?? 'en';
  return async (values, context, options) => {
    const result = await judge(values, context, options);
    const { issues = [] } = identitySchema.safeParse(values).error ?? {};
    for (const issue of issues) {
      const sentence = refusalOfIssue(issue, language);
      const error = (result.errors as Record<string, FieldError>)[issue.path.join('.')];
      if (sentence !== undefined && error) error.message = sentence;
    }
    return result;
  };
}
