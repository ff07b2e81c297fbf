import { type FieldErrors, type Resolver, set } from 'react-hook-form';
import { type Identity, type IdentityInput, identitySchema } from '../../../contract/model/identity.ts';
import { PHONE_REFUSALS, type PhoneRefusal } from '../../../contract/model/phone-number.ts';

const isPhoneRefusal = (reason: unknown): reason is PhoneRefusal =>
  typeof reason === 'string' && Object.hasOwn(PHONE_REFUSALS, reason);

/**
 * Judges the form by the schema that main uses too.
 * @param phoneRefused the reason in the language of the clerk
 */
export const identityResolver =
  (phoneRefused: (reason: PhoneRefusal) => string): Resolver<IdentityInput, unknown, Identity> =>
  (values) => {
    const parsed = identitySchema.safeParse(values);
    if (parsed.success) return { values: parsed.data, errors: {} };
    const errors: FieldErrors<IdentityInput> = {};
    // The first issue of a field is the one that is shown.
    for (const issue of parsed.error.issues.toReversed()) {
      const reason = issue.code === 'custom' ? issue.params?.reason : undefined;
      const message = isPhoneRefusal(reason) ? phoneRefused(reason) : issue.message;
      set(errors, issue.path.join('.'), { type: issue.code, message });
    }
    return { values: {}, errors };
  };
