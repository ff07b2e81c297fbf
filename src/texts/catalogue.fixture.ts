/** The whole catalogue and what is said from it, for the test that adds a language. */

import { LANGUAGES, type Language, languageSchema } from '../contract/model/language.ts';
import { adminTexts } from './admin.ts';
import { appearanceLines, appearanceTexts, signedBy } from './appearance.ts';
import { changeInWords, changesTexts } from './changes.ts';
import { clerkTexts } from './clerk.ts';
import { commonTexts } from './common.ts';
import { consentTexts } from './consent.ts';
import { doctorTexts } from './doctor.ts';
import { errorsTexts } from './errors.ts';
import { fieldRefusal } from './field-refusals.ts';
import { identityTexts } from './identity.ts';
import { noteInWords, notesTexts } from './notes.ts';
import { reportTexts } from './report.ts';
import { resultsTexts } from './results.ts';
import { serviceTexts } from './service.ts';
import { signerTexts } from './signer.ts';
import { translatorOf } from './translator.ts';
import { verifyTexts } from './verify.ts';

export { LANGUAGES, languageSchema };

export const CATALOGUE = {
  admin: adminTexts,
  appearance: appearanceTexts,
  changes: changesTexts,
  clerk: clerkTexts,
  common: commonTexts,
  consent: consentTexts,
  doctor: doctorTexts,
  errors: errorsTexts,
  identity: identityTexts,
  notes: notesTexts,
  report: reportTexts,
  results: resultsTexts,
  service: serviceTexts,
  signer: signerTexts,
  verify: verifyTexts,
};

export const sentencesIn = (language: Language): readonly (string | undefined)[] => [
  fieldRefusal('mobilePhone', 'phone.landline', language),
  errorsTexts[language].OSS_DISK_FULL.message,
  noteInWords({ code: 'untagged' }, translatorOf('notes', notesTexts)(language), language),
  changeInWords({ kind: 'pageAdded', outcome: 'forbidden' }, changesTexts[language]),
  translatorOf('report', reportTexts)(language)('evidence.title'),
  translatorOf('service', serviceTexts)(language)('contract.title'),
  signedBy(language),
  ...appearanceLines(language, false).slice(0, 1),
];
