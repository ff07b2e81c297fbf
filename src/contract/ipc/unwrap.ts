import { OssError } from '../errors.ts';
import type { CallOutcome } from './group.ts';

/** @throws OssError what main reported */
export function unwrap<T>(outcome: CallOutcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new OssError(outcome.error.code, outcome.error.details);
}
