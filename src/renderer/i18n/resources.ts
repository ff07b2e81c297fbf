import caClerk from './locales/ca/clerk.json';
import caCommon from './locales/ca/common.json';
import caSigner from './locales/ca/signer.json';
import enClerk from './locales/en/clerk.json';
import enCommon from './locales/en/common.json';
import enSigner from './locales/en/signer.json';
import esClerk from './locales/es/clerk.json';
import esCommon from './locales/es/common.json';
import esSigner from './locales/es/signer.json';
import frClerk from './locales/fr/clerk.json';
import frCommon from './locales/fr/common.json';
import frSigner from './locales/fr/signer.json';
import itClerk from './locales/it/clerk.json';
import itCommon from './locales/it/common.json';
import itSigner from './locales/it/signer.json';
import ptClerk from './locales/pt/clerk.json';
import ptCommon from './locales/pt/common.json';
import ptSigner from './locales/pt/signer.json';

/** Every text of the windows. English is the pattern: its keys are the type of all keys. */
export const resources = Object.freeze({
  ca: { common: caCommon, clerk: caClerk, signer: caSigner },
  en: { common: enCommon, clerk: enClerk, signer: enSigner },
  es: { common: esCommon, clerk: esClerk, signer: esSigner },
  fr: { common: frCommon, clerk: frClerk, signer: frSigner },
  it: { common: itCommon, clerk: itClerk, signer: itSigner },
  pt: { common: ptCommon, clerk: ptClerk, signer: ptSigner },
});

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: (typeof resources)['en'];
  }
}
