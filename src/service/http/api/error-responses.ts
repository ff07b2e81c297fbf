import { errorResponseSchema } from '../../../contract/service-api/error-response.ts';

/** The responses of a route that are errors, for its documentation: all of one shape. */
export const errorResponses = <Status extends number>(
  ...statuses: readonly Status[]
): Record<Status, typeof errorResponseSchema> =>
  Object.fromEntries(statuses.map((status) => [status, errorResponseSchema])) as Record<
    Status,
    typeof errorResponseSchema
  >;
