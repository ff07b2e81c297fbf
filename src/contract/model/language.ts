import { z } from 'zod';
import { refusal } from './field-refusal.ts';
import { LANGUAGES } from './languages.ts';

export { LANGUAGES, type Language } from './languages.ts';

export const languageSchema = z.enum(LANGUAGES, refusal('language'));
