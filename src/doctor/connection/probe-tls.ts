/** The first two steps of a connection, each by itself, so that a person learns which of them fails. */
import { X509Certificate } from 'node:crypto';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { ConnectionFinding } from '../../contract/ipc/admin/connection-test.ts';
import { openTunnel, ProxyFailure, proxyFor, type TlsOptions } from '../../optimizer/index.ts';
import { viewOfCertificate } from '../../pki/index.ts';

const TIMEOUT_MS = 5_000;

export interface Address {
  readonly protocol: 'http:' | 'https:';
  readonly host: string;
  readonly port: number;
}

export function addressOf(baseUrl: string): Address {
  const { hostname, port, protocol } = new URL(baseUrl);
  const usual = protocol === 'https:' ? 443 : 80;
  return {
    protocol: protocol === 'https:' ? 'https:' : 'http:',
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? usual : Number(port),
  };
}

/** A connection to it through its proxy; undefined where there is none. @throws ProxyFailure */
async function tunnelTo({ protocol, host, port }: Address): Promise<Socket | undefined> {
  const proxy = await proxyFor({ protocol, hostname: host, port });
  return proxy && openTunnel(proxy, host, port, TIMEOUT_MS);
}

function proxyFinding(check: ConnectionFinding['check'], thrown: unknown): ConnectionFinding {
  if (!(thrown instanceof ProxyFailure)) throw thrown;
  return { check, outcome: 'failed', reason: 'proxyFailed', facts: { why: thrown.message } };
}

/** Whether somebody listens at the address: there, or where a proxy leads to. */
export async function probeAddress(address: Address): Promise<ConnectionFinding> {
  try {
    const tunnel = await tunnelTo(address);
    if (tunnel === undefined) return await probeDirectly(address);
    tunnel.destroy();
    return { check: 'address', outcome: 'passed', facts: { host: address.host, port: address.port } };
  } catch (thrown) {
    return proxyFinding('address', thrown);
  }
}

function probeDirectly({ host, port }: Address): Promise<ConnectionFinding> {
  const facts = { host, port };
  return new Promise((resolve) => {
    const socket = connectTcp({ host, port, timeout: TIMEOUT_MS });
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

/** A server that refuses the station's certificate says so within this time after the handshake. */
const REFUSAL_MS = 1_500;

/** Looked at, never used: a certificate that does not hold is described instead of refused. */
function open({ host, port }: Address, tls: TlsOptions, tunnel: Socket | undefined): TLSSocket {
  return connectTls({
    host,
    port,
    ...(tunnel && { socket: tunnel }),
    ...tls,
    // RFC 6066 §3: a name only.
    ...(isIP(host) === 0 && { servername: host }),
    timeout: TIMEOUT_MS,
    rejectUnauthorized: false,
  });
}

/** Whom the TLS of the address belongs to, and whether the station believes it. */
export async function probeTls(address: Address, tls: TlsOptions): Promise<ConnectionFinding> {
  try {
    return await lookAtTls(address, tls, await tunnelTo(address));
  } catch (thrown) {
    return proxyFinding('tls', thrown);
  }
}

function lookAtTls(
  address: Address,
  tls: TlsOptions,
  tunnel: Socket | undefined,
): Promise<ConnectionFinding> {
  return new Promise((resolve) => {
    const socket = open(address, tls, tunnel);
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

/**
 * Why a service did not answer although its TLS is believed: with TLS 1.3 it judges the station's certificate only
 * after the handshake, and then sends an alert that a call in flight may miss, or simply hangs up.
 */
export async function probeRefusal(address: Address, tls: TlsOptions): Promise<ConnectionFinding['reason']> {
  const tunnel = await tunnelTo(address).catch(() => 'none' as const);
  if (tunnel === 'none') return 'proxyFailed';
  return new Promise((resolve) => {
    const socket = open(address, tls, tunnel);
    const end = (reason: ConnectionFinding['reason']) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(reason);
    };
    const timer = setTimeout(() => end('other'), REFUSAL_MS);
    const hungUp = () => end(tls.cert === undefined ? 'clientCertificateNeeded' : 'clientCertificateRefused');
    socket.once('error', ({ code }: NodeJS.ErrnoException) => {
      if (code?.includes('ALERT')) end(reasonOfAlert(code));
      else hungUp();
    });
    socket.once('end', hungUp);
  });
}

function judge(socket: TLSSocket): Omit<ConnectionFinding, 'check'> {
  const { raw } = socket.getPeerCertificate();
  const { subject, issuer, notBefore, notAfter } = viewOfCertificate(new X509Certificate(raw));
  const facts = { subject, issuer, notBefore, notAfter, protocol: socket.getProtocol() ?? '' };
  if (socket.authorized) return { outcome: 'passed', facts };
  const error = String(socket.authorizationError);
  if (error.includes('ALTNAME')) return { outcome: 'failed', reason: 'wrongName', facts };
  if (error.includes('NOT_YET_VALID')) return { outcome: 'failed', reason: 'notYetValid', facts };
  if (error.includes('EXPIRED')) return { outcome: 'failed', reason: 'expired', facts };
  return { outcome: 'failed', reason: 'untrusted', facts: { ...facts, error } };
}

/** What a server says about the certificate of the station: an alert of TLS (RFC 8446 §6.2). */
function reasonOfAlert(code: string | undefined): ConnectionFinding['reason'] {
  if (code?.includes('CERTIFICATE_REQUIRED')) return 'clientCertificateNeeded';
  return code?.includes('ALERT') ? 'clientCertificateRefused' : 'other';
}
