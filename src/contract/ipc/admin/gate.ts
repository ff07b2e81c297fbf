import { z } from 'zod';
import { newPasswordSchema, typedPasswordSchema } from '../../model/admin-password.ts';
import { defineGroup, nothing } from '../group.ts';

/** What stands between the window of the administrator and the administration. */
export const gateViewSchema = z.strictObject({
  /**
   * Where secrets are kept: the keychain, or a file that has no passphrase yet (`new`), waits for it
   * (`locked`), or is open.
   */
  secrets: z.enum(['keychain', 'new', 'locked', 'open']),
  /** Whether an administrator has chosen a password; not known while the secrets are locked. */
  passwordChosen: z.boolean().optional(),
  signedIn: z.boolean(),
  /** Nothing was done for a while: that is why the area was left. */
  leftIdle: z.boolean(),
});
export type GateView = z.infer<typeof gateViewSchema>;

export const gateIpc = defineGroup({
  name: 'gate',
  roles: ['admin'],
  calls: {
    view: { argument: nothing, response: gateViewSchema },
    choosePassphrase: {
      argument: z.strictObject({ passphrase: newPasswordSchema }),
      response: gateViewSchema,
    },
    unlock: { argument: z.strictObject({ passphrase: typedPasswordSchema }), response: gateViewSchema },
    choosePassword: { argument: z.strictObject({ password: newPasswordSchema }), response: gateViewSchema },
    signIn: { argument: z.strictObject({ password: typedPasswordSchema }), response: gateViewSchema },
    /** Somebody is there: the time without activity begins again. */
    active: { argument: nothing, response: nothing },
    leave: { argument: nothing, response: gateViewSchema },
  },
  events: {
    changed: gateViewSchema,
    /** The area is left in so many seconds unless somebody does something; 0: no longer. */
    ending: z.strictObject({ seconds: z.number().int().nonnegative() }),
  },
});
