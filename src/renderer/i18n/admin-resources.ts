import ca from './locales/ca/admin.json';
import en from './locales/en/admin.json';
import es from './locales/es/admin.json';
import fr from './locales/fr/admin.json';
import it from './locales/it/admin.json';
import pt from './locales/pt/admin.json';

/** Texts of the administrator's window, which the other windows do not load. */
export const adminResources = Object.freeze({
  ca: { admin: ca },
  en: { admin: en },
  es: { admin: es },
  fr: { admin: fr },
  it: { admin: it },
  pt: { admin: pt },
});
