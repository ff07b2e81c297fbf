import { assertAdmissible, GuardedConnections, hostKey, NotAdmissible } from '../../optimizer/index.ts';
import type { ApiPolicy } from './api-core.ts';

type CallbackHosts = ApiPolicy['callbackHosts'];

const TIMEOUT_MS = 10_000;

const guardOf = (hosts: CallbackHosts) => ({
  allowLoopback: false,
  trustedHosts: hosts === 'any' ? [] : hosts,
});

/** Whether a callback may go there, as far as that can be said before its name is resolved. */
export function mayBeCalled(callback: string, hosts: CallbackHosts): boolean {
  if (hosts !== 'any' && !isAmong(callback, hosts)) return false;
  try {
    assertAdmissible(callback, guardOf(hosts));
    return true;
  } catch (error) {
    if (error instanceof NotAdmissible) return false;
    throw error;
  }
}

const isAmong = (callback: string, hosts: readonly string[]): boolean =>
  hosts.map(hostKey).includes(hostKey(new URL(callback).hostname));

/** Connections that callbacks are sent over. */
export const callbackConnections = (hosts: CallbackHosts): GuardedConnections =>
  new GuardedConnections(
    { ...guardOf(hosts), timeout: TIMEOUT_MS },
    // No connection is kept: what a receiver closes in the moment it is used again would cost an attempt.
    { pipelining: 0, maxResponseSize: 64 * 1024 },
  );
