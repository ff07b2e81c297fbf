import { zodResolver } from '@hookform/resolvers/zod';
import { type FieldError, get, type Resolver } from 'react-hook-form';
import { type Identity, type IdentityInput, identitySchema } from '../../../contract/model/identity.ts';
import { languageOf } from '../../../contract/model/languages.ts';
import { issueInWords } from '../../../texts/field-refusals.ts';

const judge: Resolver<IdentityInput, unknown, Identity> = zodResolver(identitySchema);

/** Judges the form by the schema that main uses too. @param windowLanguage in which is said what is wrong */
export const identityResolver =
  (windowLanguage: string): typeof judge =>
  async (values, context, options) => {
    const judged = await judge(values, context, options);
    const language = languageOf(windowLanguage);
    for (const { path, message } of identitySchema.safeParse(values).error?.issues ?? []) {
      const error: FieldError | undefined = get(judged.errors, path.join('.'));
      if (error?.message === message) error.message = issueInWords({ path, message }, language);
    }
    return judged;
  };
