import { zodResolver } from '@hookform/resolvers/zod';
import { type FieldError, get, type Resolver } from 'react-hook-form';
import type { Channel } from '../../../contract/model/channel.ts';
import { type Identity, type IdentityInput, identitySchema } from '../../../contract/model/identity.ts';
import { languageOf } from '../../../contract/model/languages.ts';
import { withPrefix } from '../../../contract/model/phone-number.ts';
import { issueInWords } from '../../../texts/field-refusals.ts';

type Judge = Resolver<IdentityInput, unknown, Identity>;
const judge: Judge = zodResolver(identitySchema);

/** The phone as it is registered: a national number gets the prefix of the country that issued the document. */
export const completedPhone = ({ mobilePhone, idDocument }: IdentityInput): string =>
  withPrefix(mobilePhone, [idDocument.country]);

export interface ResolverOptions {
  /** In which is said what is wrong. */
  readonly windowLanguage: string;
  /** How the code reaches the signer; an address is needed where it goes there. */
  readonly channel: Channel | undefined;
  /** What is said then of an address that is missing. */
  readonly emailNeeded: string;
}

/** Judges the form by the schema that main uses too, and says what is wrong in the language of the window. */
export const identityResolver =
  ({ windowLanguage, channel, emailNeeded }: ResolverOptions): Judge =>
  async (typed, context, options) => {
    const values = { ...typed, mobilePhone: completedPhone(typed) };
    const judged = await judge(values, context, options);
    const language = languageOf(windowLanguage);
    for (const { path, message } of identitySchema.safeParse(values).error?.issues ?? []) {
      const error: FieldError | undefined = get(judged.errors, path.join('.'));
      if (error?.message === message) error.message = issueInWords({ path, message }, language);
    }
    if (channel !== 'email' || (values.email ?? '').trim() !== '') return judged;
    return { values: {}, errors: { ...judged.errors, email: { type: 'custom', message: emailNeeded } } };
  };
