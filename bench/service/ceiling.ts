/** The physical limit: how many ECDSA P-256 signatures OpenSSL makes on one core, in a second of processor time. */
import { spawnSync } from 'node:child_process';

/** @throws Error where there is no `openssl`, or it prints something else */
export function signaturesPerCpuSecond(seconds = 2): number {
  const { stdout, error } = spawnSync('openssl', ['speed', '-seconds', String(seconds), 'ecdsap256'], {
    encoding: 'utf8',
  });
  if (error) throw error;
  const [, , , signs] = /ecdsa \(nistp256\)\s+(\S+)s\s+(\S+)s\s+(\S+)/.exec(stdout) ?? [];
  if (signs === undefined) throw new Error(`openssl speed: ${stdout}`);
  return Number(signs);
}
