import { z } from 'zod';

export const LANGUAGES = Object.freeze(['es', 'ca', 'en', 'it', 'pt', 'fr'] as const);

export const languageSchema = z.enum(LANGUAGES, 'The language is one of es, ca, en, it, pt, fr.');

export type Language = z.infer<typeof languageSchema>;
