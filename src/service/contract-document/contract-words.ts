import type { Language } from '../../contract/model/language.ts';
import { serviceTexts } from '../../texts/service.ts';
import { translator } from '../translator.ts';

interface WordsOf {
  readonly issuer: string;
  readonly cpsUri: string;
}

type Contract = (typeof serviceTexts)[Language]['contract'];
type Sentence =
  | Exclude<keyof Contract, 'terms' | 'privacy' | 'idType'>
  | `idType.${keyof Contract['idType']}`;

/** What a contract says in one language, translated once. */
export interface ContractWords {
  one(key: `contract.${Sentence}`): string;
  readonly list: Readonly<Record<'terms' | 'privacy', readonly string[]>>;
  date(date: Date): string;
  minutes(count: number): string;
  page(page: number, pages: number): string;
  /** Everything that stands in every contract of this language. */
  readonly all: readonly string[];
}

/** Sentences, numbers of pages and validities of a few profiles: far fewer. */
const MAX_KEPT = 1000;

export function wordsIn(language: Language, values: WordsOf): ContractWords {
  // Each text takes values of its own, which the names of texts that are put together do not tell the compiler.
  const t = translator(language) as unknown as (key: string, values: object) => string;
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long' });
  const known = new Map<string, string>();
  const kept = (key: string, make: () => string): string => {
    const text = known.get(key) ?? make();
    if (known.size < MAX_KEPT) known.set(key, text);
    return text;
  };
  const one = (key: `contract.${Sentence}`): string => {
    return kept(key, () => t(key, values));
  };
  const listed = (part: 'terms' | 'privacy'): readonly string[] =>
    translator(language)(`contract.${part}`, { ...values, returnObjects: true });
  const list = { terms: listed('terms'), privacy: listed('privacy') };
  const { idType, ...sentences } = serviceTexts[language].contract;
  const keys = [
    ...Object.keys(sentences).filter((key) => key !== 'terms' && key !== 'privacy'),
    ...Object.keys(idType).map((type) => `idType.${type}`),
  ];
  const page = (page: number, pages: number): string =>
    kept(`page ${page} ${pages}`, () => t('contract.page', { page, pages }));
  return {
    ...{ one, list, page },
    date: (value) => date.format(value),
    minutes: (count) => kept(`minutes ${count}`, () => t('contract.minutes', { count })),
    all: [
      ...keys.map((key) => t(`contract.${key}`, values)),
      ...[...list.terms, ...list.privacy, page(1, 2)],
      ...list.terms.map((_, index) => `${index + 1}.`),
    ],
  };
}
