import type { FastifyRequest } from 'fastify';
import { OssError } from '../../../contract/errors.ts';
import type { LoggedInOfficer } from '../../ra/session.ts';
import { type Admitted, guardedRoutes, openRoutes } from '../route.ts';
import type { ApiServices } from './api-services.ts';

/** `Authorization: Bearer` of a registration officer (RFC 6750 §2.1). @throws OssError OSS_CREDENTIALS_INVALID */
async function admitOfficer(
  { sessions }: ApiServices,
  { headers }: FastifyRequest,
): Promise<Admitted<LoggedInOfficer>> {
  const [, token] = /^Bearer ([A-Za-z0-9_-]{20,128})$/i.exec(headers.authorization ?? '') ?? [];
  if (token === undefined) throw new OssError('OSS_CREDENTIALS_INVALID', { reason: 'Log in first.' });
  const caller = await sessions.authenticate(token);
  return { caller, name: caller.username };
}

/** A route of the API that anyone may call. */
export const openRoute = openRoutes<ApiServices>();

/** A route of the API for registration officers. */
export const officerRoute = guardedRoutes<ApiServices, LoggedInOfficer>(admitOfficer);
