import ca from '../../../resources/locales/service/ca.json';
import en from '../../../resources/locales/service/en.json';
import es from '../../../resources/locales/service/es.json';
import fr from '../../../resources/locales/service/fr.json';
import it from '../../../resources/locales/service/it.json';
import pt from '../../../resources/locales/service/pt.json';
import { translatorOf } from '../../base/translator.ts';
import type { Language } from '../../contract/model/language.ts';

/** What the service says to a signer; one file per language, all with the same keys. */
export const SERVICE_LOCALES = Object.freeze({ es, ca, en, it, pt, fr } satisfies Record<Language, unknown>);

export const translator = translatorOf(SERVICE_LOCALES);
