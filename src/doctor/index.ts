/** Public surface of the doctor: what the command line and the administration show of a computer's health. */
export { testConnection } from './connection/test-connection.ts';
export type { TestedAccess } from './connection/tested-access.ts';
export { examine, exitCodeOf } from './examine.ts';
export { freeBytes, osDisplays, osPrinters, systemName } from './operating-system.ts';
export { type SupportBundle, supportBundle } from './support-bundle.ts';
export type { Surroundings } from './surroundings.ts';
export { healthSentences } from './texts.ts';
