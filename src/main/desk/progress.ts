import type { WorkProgress } from '../../contract/ipc/progress.ts';
import type { Progress } from '../../optimizer/index.ts';

/** Progress as a person counts: the first document is number 1. */
export const toWorkProgress = ({ step, document, documents }: Progress): WorkProgress => ({
  step,
  document: document + 1,
  documents,
});
