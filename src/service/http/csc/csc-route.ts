import type { FastifyRequest } from 'fastify';
import { OssError } from '../../../contract/errors.ts';
import { CscError } from '../../csc/csc-error.ts';
import type { CscServices } from '../../csc/index.ts';
import type { CscCaller } from '../../csc/port.ts';
import { type Admitted, guardedRoutes, openRoutes } from '../route.ts';

const BEARER = /^Bearer ([A-Za-z0-9_-]{20,128})$/iu;

/** A service token, or a credential token of OAuth (CSC API v2 §8.3). @throws CscError invalid_token */
async function admit(
  { ports, grants }: CscServices,
  { headers }: FastifyRequest,
): Promise<Admitted<CscCaller>> {
  const [, token] = BEARER.exec(headers.authorization ?? '') ?? [];
  if (token === undefined) throw new CscError('invalid_token', 'The bearer token is missing.');
  const sad = await grants.find('sad', token);
  if (sad?.state.client !== undefined) {
    const officer = await ports.store.officers.find(sad.state.officer);
    if (!officer?.active) throw new CscError('invalid_token', 'The account of this token is not active.');
    return { caller: { officer: { ...officer, session: sad.handle }, sad: token }, name: officer.username };
  }
  try {
    const officer = await ports.sessions.authenticate(token);
    return { caller: { officer }, name: officer.username };
  } catch (thrown) {
    if (thrown instanceof OssError && thrown.code === 'OSS_CREDENTIALS_INVALID')
      throw new CscError('invalid_token', 'The token is not known, or has ended.');
    throw thrown;
  }
}

export const openCscRoute = openRoutes<CscServices>();
export const cscRoute = guardedRoutes<CscServices, CscCaller>(admit);
