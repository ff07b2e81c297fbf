import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { PackedBodyFault } from '../../base/unpacked-body.ts';
import { OssError, toOssError } from '../../contract/errors.ts';
import { secondsToWait } from '../../contract/retry-after.ts';
import { toErrorResponse } from '../../contract/service-api/error-response.ts';
import { issueInWords } from '../../texts/field-refusals.ts';

/** Every failure leaves as the one shape of the contract; what we did not expect is logged, never told. */
export function respondToErrors(server: FastifyInstance): void {
  server.setErrorHandler((thrown: FastifyError, request, reply) => {
    const error = translate(thrown);
    if (error.status >= 500) {
      request.log.error({ code: error.code, cause: describeCause(error) }, 'failed');
    }
    return respondWithError(reply, error);
  });
  server.setNotFoundHandler((_request: FastifyRequest, reply) =>
    respondWithError(reply, new OssError('OSS_NOT_FOUND')),
  );
}

function respondWithError(reply: FastifyReply, error: OssError): FastifyReply {
  const seconds = secondsToWait(error);
  if (seconds !== undefined) void reply.header('retry-after', String(seconds));
  return reply
    .status(error.status)
    .type('application/json')
    .send(JSON.stringify(toErrorResponse(error)));
}

/** What Fastify and we throw, as errors of the contract. */
export function translate(thrown: FastifyError): OssError {
  if (hasZodFastifySchemaValidationErrors(thrown)) {
    const fields = thrown.validation.map(({ instancePath, message }) => {
      const path = instancePath.replace(/^\//, '').replaceAll('/', '.');
      const why = issueInWords({ path: path.split('.'), message: message ?? '' }, 'en');
      return `${path || thrown.validationContext || 'body'}: ${why}`;
    });
    return new OssError('OSS_REQUEST_INVALID', { fields });
  }
  if (thrown instanceof OssError) return thrown;
  if (thrown instanceof PackedBodyFault) {
    const code = thrown.kind === 'tooLarge' ? 'OSS_PAYLOAD_TOO_LARGE' : 'OSS_REQUEST_INVALID';
    return new OssError(code, { reason: thrown.message });
  }
  if (thrown.statusCode === 413) return new OssError('OSS_PAYLOAD_TOO_LARGE');
  if (thrown.statusCode === 429) return new OssError('OSS_RATE_LIMITED');
  if (thrown.statusCode !== undefined && thrown.statusCode < 500) {
    return new OssError('OSS_REQUEST_INVALID', { reason: thrown.code });
  }
  return toOssError(thrown);
}

/** The name of a return value of a token (PKCS#11 §11.1), in the message of whatever it became. */
const TOKEN_REASON = /\bCKR_[A-Z0-9_]{1,60}\b/;
/** An error of an error of an error: nothing of ours is deeper. */
const MOST_CAUSES = 8;

function tokenReasonOf(error: unknown): string | undefined {
  let current = error;
  for (let depth = 0; current instanceof Error && depth < MOST_CAUSES; depth += 1) {
    const [reason] = TOKEN_REASON.exec(current.message) ?? [];
    if (reason !== undefined) return reason;
    current = current.cause;
  }
  return undefined;
}

/**
 * Where it went wrong, without messages: those of a database or a parser may quote what a person typed. Of a token the
 * name of its reason is told, and nothing else of what it said.
 */
export function describeCause(error: Error): string {
  const { cause } = error;
  if (!(cause instanceof Error)) return 'unknown';
  const code = (cause as { code?: unknown }).code;
  const frames = (cause.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  const words = [cause.name, typeof code === 'string' ? code : undefined, tokenReasonOf(cause)];
  return [words.filter((word) => word !== undefined).join(' '), ...frames.slice(0, 6)].join('\n');
}
