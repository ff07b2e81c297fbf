import { infoSchema, loginSchema, revokeSchema } from '../../../../contract/csc-api/index.ts';
import { OssError } from '../../../../contract/errors.ts';
import type { CscVersion } from '../../../csc/credentials.ts';
import { CscError } from '../../../csc/csc-error.ts';
import { describeCsc, LOGO } from '../../../csc/info.ts';
import { cscRoute, openCscRoute } from '../csc-route.ts';

export const logo = openCscRoute({
  method: 'GET',
  path: '/csc/logo.svg',
  summary: 'A picture for lists of providers',
  tag: 'service',
  mediaTypes: ['image/svg+xml'],
  handle: async () => ({ bytes: LOGO, mediaType: 'image/svg+xml' }),
});

/** What needs no credential: who we are, and the log-in. */
export const serviceRoutes = (version: CscVersion) => [
  openCscRoute({
    method: 'POST',
    path: `/csc/${version}/info`,
    summary: 'What the service offers',
    tag: 'service',
    takes: { body: infoSchema },
    handle: async ({ ports }) => ({ value: describeCsc(ports, version) }),
  }),
  openCscRoute({
    method: 'POST',
    path: `/csc/${version}/auth/login`,
    summary: 'Log-in of an officer account by HTTP Basic',
    tag: 'service',
    takes: { body: loginSchema },
    limit: 'loginsPerMinute',
    async handle({ ports }, { raw }) {
      const [username, password] = basicIn(raw.headers.authorization);
      try {
        const { token, expiresAt } = await ports.sessions.login(username, password);
        const seconds = Math.floor((Date.parse(expiresAt) - ports.clock().getTime()) / 1000);
        return { value: { access_token: token, expires_in: Math.max(1, seconds) } };
      } catch (thrown) {
        if (thrown instanceof OssError && thrown.code === 'OSS_CREDENTIALS_INVALID')
          throw new CscError('authentication_error', 'An error occurred during authentication process');
        throw thrown;
      }
    },
  }),
  cscRoute({
    method: 'POST',
    path: `/csc/${version}/auth/revoke`,
    summary: 'Ends a service token',
    tag: 'service',
    takes: { body: revokeSchema },
    async handle({ ports }, { caller, body }) {
      await ports.store.officers.removeToken(ports.hashToken(body.token), caller.officer.username);
      return { status: 204 };
    },
  }),
];

function basicIn(header: string | undefined): [username: string, password: string] {
  const [, basic] = /^Basic ([A-Za-z0-9+/=]{1,1000})$/iu.exec(header ?? '') ?? [];
  if (basic === undefined)
    throw new CscError('authentication_error', 'HTTP Basic with an officer account is needed.');
  const text = Buffer.from(basic, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return [text.slice(0, Math.max(0, colon)), text.slice(colon + 1)];
}
