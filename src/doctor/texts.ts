import type { HealthLine } from '../contract/model/health.ts';
import type { Language } from '../contract/model/language.ts';
import { doctorTexts } from '../texts/doctor.ts';
import { translatorOf } from '../texts/translator.ts';

const texts = translatorOf('doctor', doctorTexts);

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
  /** Which facts a reason has, its check and the test of the texts see to. */
  const withFacts = t as (key: `${'found' | 'advice'}.${typeof reason}`, facts: object) => string;
  const date = typeof facts.date === 'string' && facts.date !== '' ? facts.date.slice(0, 10) : '';
  const values = { ...facts, date };
  return {
    topic: t(`topic.${topic}`),
    outcome: t(`outcome.${outcome}`),
    found: withFacts(`found.${reason}`, values),
    advice: outcome === 'ok' ? undefined : withFacts(`advice.${reason}`, values),
  };
}
