/** Our own printed matter: contracts and reports. Writes PDFs and reads none. */
export type { Sheet, Tone } from './page-layout.ts';
export { Paper, type PaperFacts } from './paper.ts';
