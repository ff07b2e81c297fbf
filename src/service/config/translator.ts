import { serviceTexts } from '../../texts/service.ts';
import { translatorOf } from '../../texts/translator.ts';

/** What the service says to a signer. */
export const translator = translatorOf('service', serviceTexts);
