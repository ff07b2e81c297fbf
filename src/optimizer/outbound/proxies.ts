import { isIP } from 'node:net';
import { ProxyFailure } from './proxy-failure.ts';

/** The proxy through which an address is called, as a URL; undefined where it is called directly. */
export type ProxyResolver = (target: ProxyTarget) => Promise<URL | undefined>;

export interface ProxyTarget {
  readonly protocol: 'http:' | 'https:';
  /** Without brackets. */
  readonly hostname: string;
  readonly port: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

const PORTS = Object.freeze({ 'http:': 80, 'https:': 443 });

/**
 * `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, in small letters too, which count first. This machine is never called
 * through a proxy.
 * @throws ProxyFailure naming the variable that is no address of a proxy
 */
export const proxiesOf =
  (environment: Environment): ProxyResolver =>
  async (target) => {
    if (isOwnMachine(target.hostname)) return undefined;
    const name = target.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
    const proxy = settingOf(environment, name);
    return proxy === '' || isExcepted(target, settingOf(environment, 'NO_PROXY'))
      ? undefined
      : proxyIn(name, proxy);
  };

let resolver: ProxyResolver = proxiesOf(process.env);

/**
 * For programs whose system knows its proxies (Electron): asked where the environment names none.
 * @param system answers as a PAC file does: `PROXY host:port; DIRECT`
 */
export function obeySystemProxies(system: (url: string) => Promise<string>): void {
  const fromEnvironment = proxiesOf(process.env);
  resolver = async (target) => {
    const named = await fromEnvironment(target);
    if (named || isOwnMachine(target.hostname) || isExcepted(target, settingOf(process.env, 'NO_PROXY')))
      return named;
    const host = isIP(target.hostname) === 6 ? `[${target.hostname}]` : target.hostname;
    return firstOf(await system(`${target.protocol}//${host}:${target.port}/`));
  };
}

export const proxyFor: ProxyResolver = (target) => resolver(target);

export const portOf = (protocol: 'http:' | 'https:', port: string | undefined): number =>
  port ? Number(port) : PORTS[protocol];

const settingOf = (environment: Environment, name: string): string =>
  (environment[name.toLowerCase()] ?? environment[name] ?? '').trim();

const isOwnMachine = (hostname: string): boolean =>
  /^(?:localhost|.*\.localhost|127(?:\.\d{1,3}){3}|::1)$/i.test(hostname);

function proxyIn(name: string, value: string): URL {
  const url = /^https?:\/\//i.test(value) ? value : `http://${value}`;
  if (!URL.canParse(url)) throw new ProxyFailure(`${name} is not the address of a proxy`);
  return new URL(url);
}

/** Names, with all below them, addresses, each perhaps with a port; `*` is everything. */
function isExcepted({ hostname, port }: ProxyTarget, exceptions: string): boolean {
  const name = hostname.toLowerCase();
  return exceptions.split(/[\s,]+/).some((exception) => {
    if (exception === '*') return true;
    const [, host = '', only] = /^(\[[^\]]+\]|[^:]*|[^[]*:[^[]*:.*?)(?::(\d+))?$/.exec(exception) ?? [];
    const bare = host.replace(/^\*?\.|^\[|\]$/g, '').toLowerCase();
    if (bare === '' || (only !== undefined && Number(only) !== port)) return false;
    return name === bare || (isIP(name) === 0 && name.endsWith(`.${bare}`));
  });
}

/** The first that can be used; SOCKS cannot. */
function firstOf(pac: string): URL | undefined {
  for (const entry of pac.split(';')) {
    const [kind = '', address = ''] = entry.trim().split(/\s+/);
    if (kind.toUpperCase() === 'DIRECT') return undefined;
    if (kind.toUpperCase() === 'PROXY') return new URL(`http://${address}`);
    if (kind.toUpperCase() === 'HTTPS') return new URL(`https://${address}`);
  }
  return undefined;
}
