import type english from '../../resources/locales/en/changes.json';
import type { Change } from '../contract/model/verification.ts';
import { type ByLanguage, byLanguage } from './by-language.ts';
import { filled } from './filled.ts';

/** The compiler misses the text of a kind or a reason here. */
interface ChangeTexts {
  readonly kinds: Readonly<Record<Change['kind'], string>>;
  readonly reasons: Readonly<Record<NonNullable<Change['reason']>, string>>;
  /** By the types of ISO 32000-2 table 171. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly otherAnnotation: string;
  readonly unknownAnnotation: string;
  readonly onPage: string;
  readonly onNoPage: string;
  readonly nameless: string;
}

export const changesTexts: ByLanguage<ChangeTexts> = byLanguage(
  import.meta.glob<typeof english>('../../resources/locales/*/changes.json', {
    eager: true,
    import: 'default',
  }),
);

/**
 * A change after signing in a sentence that a clerk understands.
 * @param quote what each value from the document becomes
 */
export function changeInWords(
  { kind, page, field, detail, reason }: Omit<Change, 'objects' | 'sentence'>,
  texts: ChangeTexts,
  quote: (value: string) => string = (value) => value,
): string {
  const values = {
    field: quote(field ?? texts.nameless),
    detail: quote(detail ?? ''),
    annotation: annotationInWords(detail, texts, quote),
  };
  const where = placeOf(kind, page, texts);
  const why = reason === undefined ? '' : `; ${texts.reasons[reason]}`;
  return `${filled(texts.kinds[kind], values)}${where === '' ? '' : ` (${where})`}${why}.`;
}

function annotationInWords(
  type: string | undefined,
  { annotations, otherAnnotation, unknownAnnotation }: ChangeTexts,
  quote: (value: string) => string,
): string {
  if (type === undefined) return filled(otherAnnotation, { type: unknownAnnotation });
  const known = Object.hasOwn(annotations, type) ? annotations[type] : undefined;
  return known ?? filled(otherAnnotation, { type: quote(type) });
}

function placeOf(kind: Change['kind'], page: number | undefined, { onPage, onNoPage }: ChangeTexts): string {
  if (page !== undefined) return filled(onPage, { page: String(page) });
  return kind === 'signatureAdded' ? onNoPage : '';
}
