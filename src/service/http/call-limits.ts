import type { TLSSocket } from 'node:tls';
import type { FastifyRequest } from 'fastify';
import { OssError } from '../../contract/errors.ts';
import type { ServiceConfig } from '../config/service-config.ts';
import { CallWindow } from './call-window.ts';

/**
 * How often somebody may call. Who has logged in is counted by the certificate of the station and the account, not by
 * an address that a whole bank may share; everyone else by certificate or address. A call counts as a stranger's until
 * it has proven otherwise, so that wrong tokens and passwords are limited too, however many come at once.
 */
export interface CallLimits {
  /** Before anything is looked up. @throws OssError OSS_RATE_LIMITED (details: retryAfterSeconds) */
  takeAsStranger(request: FastifyRequest): void;
  /** The call has the token of a log-in. @throws OssError OSS_RATE_LIMITED */
  takeAs(caller: string, request: FastifyRequest): void;
  /** Counts a log-in, and takes it back when the password was right. @throws OssError OSS_RATE_LIMITED */
  withinLogIns<T>(request: FastifyRequest, work: () => Promise<T>): Promise<T>;
}

export function callLimits(limits: ServiceConfig['limits'], monotonic: () => number): CallLimits {
  const strangers = new CallWindow(limits.callsPerMinute, monotonic);
  const known = new CallWindow(Math.max(limits.callsPerMinute, limits.callsPerMinuteLoggedIn), monotonic);
  const logIns = new CallWindow(limits.loginsPerMinute, monotonic);
  return {
    takeAsStranger: (request) => take(strangers, strangerOf(request)),
    takeAs(caller, request) {
      strangers.giveBack(strangerOf(request));
      take(known, JSON.stringify([certificateOf(request) ?? '', caller]));
    },
    async withinLogIns(request, work) {
      take(logIns, strangerOf(request));
      const result = await work();
      logIns.giveBack(strangerOf(request));
      strangers.giveBack(strangerOf(request));
      return result;
    },
  };
}

function take(window: CallWindow, key: string): void {
  const wait = window.take(key);
  if (wait !== undefined)
    throw new OssError('OSS_RATE_LIMITED', { retryAfterSeconds: Math.ceil(wait / 1000) });
}

const strangerOf = (request: FastifyRequest): string => certificateOf(request) ?? request.ip;

const fingerprints = new WeakMap<object, string | undefined>();

/** SHA-256 of the certificate that the caller has proven to have; undefined without mutual TLS. */
function certificateOf({ raw: { socket } }: FastifyRequest): string | undefined {
  if (fingerprints.has(socket)) return fingerprints.get(socket);
  const tls = socket as Partial<TLSSocket>;
  // Without a certificate Node answers with an empty object.
  const fingerprint = tls.authorized === true ? tls.getPeerCertificate?.()?.fingerprint256 : undefined;
  fingerprints.set(socket, fingerprint);
  return fingerprint;
}
