import type { FastifyRequest } from 'fastify';
import { OssError } from '../../../contract/errors.ts';
import { CscError } from '../../csc/csc-error.ts';
import type { CscServices } from '../../csc/index.ts';
import type { CscCaller } from '../../csc/port.ts';
import { type Admitted, guardedRoutes, openRoutes } from '../route.ts';

const BEARER = /^Bearer ([A-Za-z0-9_-]{20,128})$/iu;

/** A service token (CSC API v2 §8.3). @throws CscError invalid_token */
async function admitService(
  { ports }: CscServices,
  { headers }: FastifyRequest,
): Promise<Admitted<CscCaller>> {
  try {
    const officer = await ports.sessions.authenticate(tokenIn(headers.authorization));
    return { caller: { officer }, name: officer.username };
  } catch (thrown) {
    if (thrown instanceof OssError && thrown.code === 'OSS_CREDENTIALS_INVALID')
      throw new CscError('invalid_token', 'The token is not known, or has ended; a service token is needed.');
    throw thrown;
  }
}

/** The same, or the credential token that a signer authorised: it is good for its signature and for nothing else. */
async function admitSigning(services: CscServices, request: FastifyRequest): Promise<Admitted<CscCaller>> {
  const { ports, grants } = services;
  const token = tokenIn(request.headers.authorization);
  const sad = await grants.find('sad', token);
  if (sad?.state.client === undefined) return admitService(services, request);
  const officer = await ports.store.officers.find(sad.state.officer);
  if (!officer?.active) throw new CscError('invalid_token', 'The account of this token is not active.');
  return { caller: { officer: { ...officer, session: sad.handle }, sad: token }, name: officer.username };
}

function tokenIn(authorization: string | undefined): string {
  const [, token] = BEARER.exec(authorization ?? '') ?? [];
  if (token === undefined) throw new CscError('invalid_token', 'The bearer token is missing.');
  return token;
}

export const openCscRoute = openRoutes<CscServices>();
export const cscRoute = guardedRoutes<CscServices, CscCaller>(admitService);
export const signingRoute = guardedRoutes<CscServices, CscCaller>(admitSigning);
