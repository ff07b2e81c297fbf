import { z } from 'zod';
import { lenientText, needed } from './lenient.ts';

/** A token stands for stored credentials of a registration officer; password and PIN may be left out. */
export const createTokenFormSchema = z.looseObject({
  username: needed(lenientText),
  password: lenientText.optional(),
  pin: lenientText.optional(),
  env: lenientText.optional(),
});

/** Whether the secrets are stored; never the secrets. */
export const tokenViewSchema = z.object({ username: z.string(), password: z.boolean(), pin: z.boolean() });
export type TokenView = z.infer<typeof tokenViewSchema>;

/** Credentials of the officer in a call: a token, or the three, or what the token lacks. */
export const officerFormSchema = z.looseObject({
  token: lenientText.optional(),
  username: lenientText.optional(),
  password: lenientText.optional(),
  pin: lenientText.optional(),
});
export type OfficerForm = z.infer<typeof officerFormSchema>;
