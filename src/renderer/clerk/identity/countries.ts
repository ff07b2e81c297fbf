import countries from 'i18n-iso-countries';
import type { Choice } from '../../ui/select.tsx';

const cache = new Map<string, readonly Choice<string>[]>();

/** All countries of ISO 3166-1 under their names in a language, in its own order. */
export function countryChoices(language: string): readonly Choice<string>[] {
  const known = cache.get(language);
  if (known) return known;
  const names = new Intl.DisplayNames(language, { type: 'region' });
  const choices = Object.keys(countries.getAlpha2Codes())
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .sort((a, b) => a.label.localeCompare(b.label, language));
  cache.set(language, choices);
  return choices;
}
