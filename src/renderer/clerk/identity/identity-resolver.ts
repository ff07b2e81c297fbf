import { zodResolver } from '@hookform/resolvers/zod';
import type { Resolver } from 'react-hook-form';
import { type Identity, type IdentityInput, identitySchema } from '../../../contract/model/identity.ts';
import { type PhoneRefusal, phoneRefusal } from '../../../contract/model/phone-number.ts';

const judge: Resolver<IdentityInput, unknown, Identity> = zodResolver(identitySchema);

/**
 * Judges the form by the schema that main uses too.
 * @param inWords why a phone number is refused, in the language of the clerk
 */
export const identityResolver =
  (inWords: (refusal: PhoneRefusal) => string): typeof judge =>
  async (values, context, options) => {
    const judged = await judge(values, context, options);
    const { mobilePhone } = judged.errors;
    const refusal = phoneRefusal(values.mobilePhone);
    if (mobilePhone !== undefined && refusal !== undefined) mobilePhone.message = inWords(refusal);
    return judged;
  };
