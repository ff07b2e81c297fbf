import { OssError } from '../errors.ts';
import type { Outcome } from './group.ts';

/** @throws OssError what main reported */
export function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new OssError(outcome.error.code, outcome.error.details);
}
