import type { FastifyRequest } from 'fastify';
import { OssError } from '../../../contract/errors.ts';
import type { LoggedInOfficer, OfficerSessions } from '../../ra/session.ts';
import type { CallLimits } from './call-limits.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `authenticateOfficer` before the route runs. */
    officer: LoggedInOfficer | undefined;
  }
}

/** Hook of every route that needs a registration officer: `Authorization: Bearer` (RFC 6750 §2.1). */
export const authenticateOfficer =
  (sessions: OfficerSessions, callers: Pick<CallLimits, 'takeAsOfficer'>) =>
  async (request: FastifyRequest): Promise<void> => {
    const [, token] = /^Bearer ([A-Za-z0-9_-]{20,128})$/i.exec(request.headers.authorization ?? '') ?? [];
    if (token === undefined) throw new OssError('OSS_CREDENTIALS_INVALID', { reason: 'Log in first.' });
    const officer = await sessions.authenticate(token);
    callers.takeAsOfficer(request, officer.username);
    request.officer = officer;
  };

export function officerOf(request: FastifyRequest): LoggedInOfficer {
  if (request.officer === undefined) throw new OssError('OSS_CREDENTIALS_INVALID');
  return request.officer;
}
