import ca from '../../resources/locales/doctor/ca.json';
import en from '../../resources/locales/doctor/en.json';
import es from '../../resources/locales/doctor/es.json';
import fr from '../../resources/locales/doctor/fr.json';
import it from '../../resources/locales/doctor/it.json';
import pt from '../../resources/locales/doctor/pt.json';
import { translatorOf } from '../base/translator.ts';
import type { HealthLine } from '../contract/model/health.ts';
import type { Language } from '../contract/model/language.ts';

export const DOCTOR_LOCALES = Object.freeze({ ca, en, es, fr, it, pt } satisfies Record<Language, unknown>);

const texts = translatorOf(DOCTOR_LOCALES);

export interface HealthSentences {
  readonly topic: string;
  readonly outcome: string;
  /** What was found. */
  readonly found: string;
  /** What to do; absent where nothing is. */
  readonly advice: string | undefined;
}

/** A line in words. */
export function healthSentences(
  { topic, outcome, reason, facts }: HealthLine,
  language: Language,
): HealthSentences {
  const t = texts(language);
  const date = typeof facts.date === 'string' && facts.date !== '' ? facts.date.slice(0, 10) : '';
  const values = { ...facts, date };
  return {
    topic: t(`topic.${topic}`),
    outcome: t(`outcome.${outcome}`),
    found: t(`found.${reason}`, values),
    advice: outcome === 'ok' ? undefined : t(`advice.${reason}`, values),
  };
}
