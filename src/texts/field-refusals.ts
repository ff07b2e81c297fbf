/** Why a field is refused, in the language of the person: the one set of sentences for windows, programs and terminal. */
import { z } from 'zod';
import type { ErrorDetails } from '../contract/errors.ts';
import {
  type DocumentNumberRefusal,
  type FieldRefusal,
  isFieldRefusal,
  type PhoneRefusal,
} from '../contract/model/field-refusal.ts';
import type { Language } from '../contract/model/languages.ts';
import type { NameProblem } from '../contract/model/person-name.ts';
import type { ByLanguage } from './by-language.ts';
import { filled } from './filled.ts';
import { identityTexts } from './identity.ts';

/** The compiler misses the text of a code here. */
interface Texts {
  readonly fields: Readonly<Record<string, string>>;
  readonly name: Readonly<Record<NameProblem, string>>;
  readonly phone: Readonly<Record<PhoneRefusal, string>>;
  readonly documentNumber: Readonly<Record<DocumentNumberRefusal, string>>;
  readonly documentType: string;
  readonly country: string;
  readonly email: string;
  readonly language: string;
  readonly glyph: string;
}

const TEXTS: ByLanguage<Texts> = identityTexts;

function sentenceOf(texts: Texts, code: FieldRefusal): string {
  const [kind, reason] = code.split('.') as [keyof Texts, string | undefined];
  const found: string | Readonly<Record<string, string>> = texts[kind];
  return typeof found === 'string' ? found : (found[reason ?? ''] ?? code);
}

/** The last part of a path such as `identity.givenName`. */
function fieldName(path: string, { fields }: Texts): string {
  const name = path.split('.').at(-1) ?? path;
  return fields[name] ?? path;
}

/** @param path of the field, such as `identity.givenName` */
export function fieldRefusal(path: string, code: FieldRefusal, language: Language): string {
  const texts = TEXTS[language];
  return filled(sentenceOf(texts, code), { field: fieldName(path, texts) });
}

/** The message of a zod issue in words: a code of ours in the language given, what else zod says as it is. */
export function issueInWords(
  { path, message }: { readonly path: readonly PropertyKey[]; readonly message: string },
  language: Language,
): string {
  return isFieldRefusal(message) ? fieldRefusal(path.join('.'), message, language) : message;
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
  const texts = TEXTS[language];
  return filled(texts.glyph, {
    ...others,
    field: fieldName(field, texts),
    script: names.of(script ?? 'Zyyy') ?? '',
  });
}
