import { errorAnswerSchema } from '../../../contract/service-api/error-answer.ts';

/** The answers of a route that are errors, for its documentation: all of one shape. */
export const errorResponses = <Status extends number>(
  ...statuses: readonly Status[]
): Record<Status, typeof errorAnswerSchema> =>
  Object.fromEntries(statuses.map((status) => [status, errorAnswerSchema])) as Record<
    Status,
    typeof errorAnswerSchema
  >;
