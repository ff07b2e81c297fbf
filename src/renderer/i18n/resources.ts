import caReport from '../../../resources/locales/report/ca.json';
import enReport from '../../../resources/locales/report/en.json';
import esReport from '../../../resources/locales/report/es.json';
import frReport from '../../../resources/locales/report/fr.json';
import itReport from '../../../resources/locales/report/it.json';
import ptReport from '../../../resources/locales/report/pt.json';
import type { adminResources } from './admin-resources.ts';
import caClerk from './locales/ca/clerk.json';
import caCommon from './locales/ca/common.json';
import caResults from './locales/ca/results.json';
import caSigner from './locales/ca/signer.json';
import caVerify from './locales/ca/verify.json';
import enClerk from './locales/en/clerk.json';
import enCommon from './locales/en/common.json';
import enResults from './locales/en/results.json';
import enSigner from './locales/en/signer.json';
import enVerify from './locales/en/verify.json';
import esClerk from './locales/es/clerk.json';
import esCommon from './locales/es/common.json';
import esResults from './locales/es/results.json';
import esSigner from './locales/es/signer.json';
import esVerify from './locales/es/verify.json';
import frClerk from './locales/fr/clerk.json';
import frCommon from './locales/fr/common.json';
import frResults from './locales/fr/results.json';
import frSigner from './locales/fr/signer.json';
import frVerify from './locales/fr/verify.json';
import itClerk from './locales/it/clerk.json';
import itCommon from './locales/it/common.json';
import itResults from './locales/it/results.json';
import itSigner from './locales/it/signer.json';
import itVerify from './locales/it/verify.json';
import ptClerk from './locales/pt/clerk.json';
import ptCommon from './locales/pt/common.json';
import ptResults from './locales/pt/results.json';
import ptSigner from './locales/pt/signer.json';
import ptVerify from './locales/pt/verify.json';

/** Every text of the windows. English is the pattern: its keys are the type of all keys. */
export const resources = Object.freeze({
  ca: {
    common: caCommon,
    clerk: caClerk,
    signer: caSigner,
    results: caResults,
    verify: caVerify,
    report: caReport,
  },
  en: {
    common: enCommon,
    clerk: enClerk,
    signer: enSigner,
    results: enResults,
    verify: enVerify,
    report: enReport,
  },
  es: {
    common: esCommon,
    clerk: esClerk,
    signer: esSigner,
    results: esResults,
    verify: esVerify,
    report: esReport,
  },
  fr: {
    common: frCommon,
    clerk: frClerk,
    signer: frSigner,
    results: frResults,
    verify: frVerify,
    report: frReport,
  },
  it: {
    common: itCommon,
    clerk: itClerk,
    signer: itSigner,
    results: itResults,
    verify: itVerify,
    report: itReport,
  },
  pt: {
    common: ptCommon,
    clerk: ptClerk,
    signer: ptSigner,
    results: ptResults,
    verify: ptVerify,
    report: ptReport,
  },
});

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: (typeof resources)['en'] & (typeof adminResources)['en'];
  }
}
