import caDoctor from '../../../resources/locales/doctor/ca.json';
import enDoctor from '../../../resources/locales/doctor/en.json';
import esDoctor from '../../../resources/locales/doctor/es.json';
import frDoctor from '../../../resources/locales/doctor/fr.json';
import itDoctor from '../../../resources/locales/doctor/it.json';
import ptDoctor from '../../../resources/locales/doctor/pt.json';
import ca from './locales/ca/admin.json';
import en from './locales/en/admin.json';
import es from './locales/es/admin.json';
import fr from './locales/fr/admin.json';
import it from './locales/it/admin.json';
import pt from './locales/pt/admin.json';

/** Texts of the administrator's window, which the other windows do not load. */
export const adminResources = Object.freeze({
  ca: { admin: ca, doctor: caDoctor },
  en: { admin: en, doctor: enDoctor },
  es: { admin: es, doctor: esDoctor },
  fr: { admin: fr, doctor: frDoctor },
  it: { admin: it, doctor: itDoctor },
  pt: { admin: pt, doctor: ptDoctor },
});
