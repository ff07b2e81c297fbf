/** The first two steps of a connection, each by itself, so that a person learns which of them fails. */
import { X509Certificate } from 'node:crypto';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { ConnectionFinding } from '../../../contract/ipc/admin/connection-test.ts';
import type { TlsOptions } from '../../../optimizer/index.ts';
import { viewOfCertificate } from '../../certificates/certificate-view.ts';

const TIMEOUT_MS = 5_000;

export interface Address {
  readonly host: string;
  readonly port: number;
}

export function addressOf(baseUrl: string): Address {
  const { hostname, port, protocol } = new URL(baseUrl);
  const usual = protocol === 'https:' ? 443 : 80;
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? usual : Number(port) };
}

/** Whether somebody listens at the address. */
export function probeAddress(address: Address): Promise<ConnectionFinding> {
  const facts = { ...address };
  return new Promise((resolve) => {
    const socket = connectTcp({ ...address, timeout: TIMEOUT_MS });
    const end = (finding: Pick<ConnectionFinding, 'outcome' | 'reason'>) => {
      socket.destroy();
      resolve({ check: 'address', facts, ...finding });
    };
    socket.once('connect', () => end({ outcome: 'passed' }));
    socket.once('timeout', () => end({ outcome: 'failed', reason: 'noAnswer' }));
    socket.once('error', ({ code }: NodeJS.ErrnoException) =>
      end({ outcome: 'failed', reason: reasonOf(code) }),
    );
  });
}

function reasonOf(code: string | undefined): ConnectionFinding['reason'] {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'nameUnknown';
  return code === 'ECONNREFUSED' ? 'refused' : 'noAnswer';
}

/** Whom the TLS of the address belongs to, and whether the station believes it. */
export function probeTls(address: Address, tls: TlsOptions): Promise<ConnectionFinding> {
  return new Promise((resolve) => {
    // Looked at, never used: a certificate that does not hold is described instead of refused.
    const socket = connectTls({
      ...address,
      ...tls,
      servername: address.host,
      timeout: TIMEOUT_MS,
      rejectUnauthorized: false,
    });
    const end = (finding: Omit<ConnectionFinding, 'check'>) => {
      socket.destroy();
      resolve({ check: 'tls', ...finding });
    };
    socket.once('secureConnect', () => end(judge(socket)));
    socket.once('timeout', () => end({ outcome: 'failed', reason: 'noAnswer', facts: {} }));
    socket.once('error', ({ code }: NodeJS.ErrnoException) =>
      end({ outcome: 'failed', reason: reasonOfAlert(code), facts: { error: code ?? '' } }),
    );
  });
}

function judge(socket: TLSSocket): Omit<ConnectionFinding, 'check'> {
  const { raw } = socket.getPeerCertificate();
  const { subject, issuer, notAfter } = viewOfCertificate(new X509Certificate(raw));
  const facts = { subject, issuer, notAfter, protocol: socket.getProtocol() ?? '' };
  if (socket.authorized) return { outcome: 'passed', facts };
  const error = String(socket.authorizationError);
  if (error.includes('ALTNAME')) return { outcome: 'failed', reason: 'wrongName', facts };
  if (error.includes('EXPIRED')) return { outcome: 'failed', reason: 'expired', facts };
  return { outcome: 'failed', reason: 'untrusted', facts: { ...facts, error } };
}

/** What a server says about the certificate of the station: an alert of TLS (RFC 8446 §6.2). */
export function reasonOfAlert(code: string | undefined): ConnectionFinding['reason'] {
  if (code?.includes('CERTIFICATE_REQUIRED')) return 'clientCertificateNeeded';
  return code?.includes('ALERT') ? 'clientCertificateRefused' : 'other';
}
