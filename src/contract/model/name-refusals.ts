/** Why a name is refused, in the language of the person: the one set of sentences for windows, programs and terminal. */
import { z } from 'zod';
import ca from '../../../resources/locales/names/ca.json';
import en from '../../../resources/locales/names/en.json';
import es from '../../../resources/locales/names/es.json';
import fr from '../../../resources/locales/names/fr.json';
import it from '../../../resources/locales/names/it.json';
import pt from '../../../resources/locales/names/pt.json';
import type { ErrorDetails } from '../errors.ts';
import type { Language } from './language.ts';
import { NAME_PROBLEMS, type NameProblem } from './person-name.ts';

export const NAME_TEXTS = Object.freeze({ es, ca, en, it, pt, fr } satisfies Record<Language, typeof en>);

type Field = keyof typeof en.fields;

/** The last part of a path such as `identity.givenName`. */
function fieldName(path: string, language: Language): string {
  const name = path.split('.').at(-1) ?? path;
  const { fields } = NAME_TEXTS[language];
  return name in fields ? fields[name as Field] : path;
}

const filled = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '');

export const nameRefusal = (path: string, problem: NameProblem, language: Language): string =>
  filled(NAME_TEXTS[language].problems[problem], { field: fieldName(path, language) });

const nameIssueSchema = z.object({
  code: z.literal('custom'),
  path: z.array(z.string()),
  params: z.object({ nameProblem: z.enum(NAME_PROBLEMS) }),
});

/** The sentence for an issue of `identitySchema`, where it is about a name. */
export function refusalOfIssue(issue: z.core.$ZodIssue, language: Language): string | undefined {
  const { success, data } = nameIssueSchema.safeParse(issue);
  return success ? nameRefusal(data.path.join('.'), data.params.nameProblem, language) : undefined;
}

const glyphSchema = z.object({
  field: z.string(),
  character: z.string(),
  codePoint: z.string(),
  /** ISO 15924. */
  script: z.string().optional(),
});

/** The sentence for OSS_PDF_TEXT_UNSUPPORTED, where it says which character of which field. */
export function glyphRefusal(details: ErrorDetails, language: Language): string | undefined {
  const { success, data } = glyphSchema.safeParse(details);
  if (!success) return undefined;
  const { field, script, ...others } = data;
  const names = new Intl.DisplayNames(language, { type: 'script' });
  return filled(NAME_TEXTS[language].glyph, {
    ...others,
    field: fieldName(field, language),
    script: names.of(script ?? 'Zyyy') ?? '',
  });
}
