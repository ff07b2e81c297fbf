import { randomBytes } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import { OssError } from '../../contract/errors.ts';
import { toUtcSeconds } from '../../contract/model/encoding.ts';
import type { TokenResponse } from '../../contract/service-api/tokens.ts';
import type { KeyedHash } from '../settings/master-secret.ts';
import type { Officer } from '../store/officer-repository.ts';
import type { Store } from '../store/store.ts';
import type { CredentialCheck } from './credential-check.ts';

/** An officer as they are stored now, and the log-in that the call came with. */
export interface LoggedInOfficer extends Officer {
  /** Keyed hash of the token. */
  readonly session: string;
}

export interface OfficerSessions {
  /** @throws OssError OSS_CREDENTIALS_INVALID, OSS_RATE_LIMITED (details: retryAfterSeconds) */
  login(username: string, password: string): Promise<TokenResponse>;
  /** The officer behind a bearer token. @throws OssError OSS_CREDENTIALS_INVALID */
  authenticate(token: string): Promise<LoggedInOfficer>;
}

interface SessionPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly hashToken: KeyedHash;
  readonly check: CredentialCheck;
  readonly lifetimeMinutes: number;
}

/** Log-in of the registration officer. Tokens are opaque; only their keyed hash is stored. */
export function officerSessions(ports: SessionPorts): OfficerSessions {
  const { store, clock, hashToken, check, lifetimeMinutes } = ports;
  return {
    async login(username, password) {
      const officer = await store.officers.find(username);
      await check('password', username, password, officer?.active ? officer.passwordHash : undefined);
      if (!officer?.active) throw new OssError('OSS_CREDENTIALS_INVALID');
      const token = randomBytes(32).toString('base64url');
      const expiresAt = new Date(clock().getTime() + lifetimeMinutes * 60_000);
      await store.transaction(async ({ officers, events }) => {
        // New credentials that were stored meanwhile have ended every log-in with the former ones, this one too.
        const stored = await officers.find(username);
        if (stored?.passwordHash !== officer.passwordHash) throw new OssError('OSS_CREDENTIALS_INVALID');
        await officers.addToken(hashToken(token), username, expiresAt.getTime());
        await events.append('service', 'officer.loggedIn', { officer: username });
      });
      const { displayName, registrationAuthorities } = officer;
      return {
        token,
        expiresAt: toUtcSeconds(expiresAt),
        officer: { username, displayName, registrationAuthorities: [...registrationAuthorities] },
      };
    },

    async authenticate(token) {
      const session = hashToken(token);
      const officer = await store.officers.findTokenOwner(session, clock().getTime());
      if (officer === undefined) throw new OssError('OSS_CREDENTIALS_INVALID', { reason: 'Log in again.' });
      return { ...officer, session };
    },
  };
}
