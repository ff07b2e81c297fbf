import type { FastifyRequest } from 'fastify';
import { OssError } from '../../../contract/errors.ts';
import type { Officer } from '../../store/officer-repository.ts';
import { guardedRoutes, openRoutes } from '../route.ts';
import type { ApiServices } from './api-services.ts';

/** `Authorization: Bearer` of a registration officer (RFC 6750 §2.1). @throws OssError OSS_CREDENTIALS_INVALID */
async function admitOfficer({ sessions }: ApiServices, { headers }: FastifyRequest): Promise<Officer> {
  const [, token] = /^Bearer ([A-Za-z0-9_-]{20,128})$/i.exec(headers.authorization ?? '') ?? [];
  if (token === undefined) throw new OssError('OSS_CREDENTIALS_INVALID', { reason: 'Log in first.' });
  return sessions.authenticate(token);
}

/** A route of the API that anyone may call. */
export const openRoute = openRoutes<ApiServices>();

/** A route of the API for registration officers. */
export const officerRoute = guardedRoutes<ApiServices, Officer>(admitOfficer);
