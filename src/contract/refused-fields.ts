import type { z } from 'zod';

const MAX_FIELDS = 10;

/** What a schema refuses, as `path: why`, without the values. At most ten. */
export const fieldsOf = ({ issues }: Pick<z.ZodError, 'issues'>): string[] =>
  issues
    .slice(0, MAX_FIELDS)
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`));
