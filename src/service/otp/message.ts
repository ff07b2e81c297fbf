import type { Language } from '../../contract/model/language.ts';
import { translator } from '../translator.ts';

export interface CodeMessage {
  readonly language: Language;
  readonly issuer: string;
  readonly documents: number;
  /** As the screen shows it beside the documents. */
  readonly reference: string;
  readonly minutes: number;
  readonly code: string;
}

/**
 * The SMS: who asks, for how many documents, which ones (the reference), how long it holds, and the code
 * last. Nothing in it comes from the signer.
 */
export const codeMessage = ({ language, documents, ...values }: CodeMessage): string =>
  translator(language)('sms', { count: documents, ...values });
