import { isIPv4 } from 'node:net';
import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import { classOfAddress } from './address-class.ts';
import { assertAdmissible } from './guarded-connections.ts';

/** Networks that nobody outside may point us at, with the clause that sets them aside. */
const REFUSED: readonly (readonly [network: string, why: string])[] = [
  ['0.0.0.0/8', 'this network, RFC 1122 §3.2.1.3'],
  ['10.0.0.0/8', 'private, RFC 1918'],
  ['100.64.0.0/10', 'shared by carriers, RFC 6598'],
  ['127.0.0.0/8', 'loopback, RFC 1122 §3.2.1.3'],
  ['169.254.0.0/16', 'link-local, RFC 3927'],
  ['172.16.0.0/12', 'private, RFC 1918'],
  ['192.0.0.0/24', 'protocol assignments, RFC 6890'],
  ['192.0.2.0/24', 'documentation, RFC 5737'],
  ['192.88.99.0/24', '6to4 relays, RFC 7526'],
  ['192.168.0.0/16', 'private, RFC 1918'],
  ['198.18.0.0/15', 'benchmarking, RFC 2544'],
  ['198.51.100.0/24', 'documentation, RFC 5737'],
  ['203.0.113.0/24', 'documentation, RFC 5737'],
  ['224.0.0.0/4', 'multicast, RFC 5771'],
  ['240.0.0.0/4', 'reserved and broadcast, RFC 1112 §4'],
  ['::/128', 'unspecified, RFC 4291 §2.5.2'],
  ['::1/128', 'loopback, RFC 4291 §2.5.3'],
  ['::/96', 'IPv4-compatible, RFC 4291 §2.5.5.1'],
  ['::ffff:0:0/96', 'IPv4-mapped, RFC 4291 §2.5.5.2'],
  ['::ffff:0:0:0/96', 'IPv4-translated, RFC 2765'],
  ['64:ff9b::/96', 'NAT64, RFC 6052'],
  ['64:ff9b:1::/48', 'local NAT64, RFC 8215'],
  ['100::/64', 'discard, RFC 6666'],
  ['2001::/32', 'Teredo, RFC 4380'],
  ['2001:2::/48', 'benchmarking, RFC 5180'],
  ['2001:10::/28', 'ORCHID, RFC 4843'],
  ['2001:20::/28', 'ORCHIDv2, RFC 7343'],
  ['2001:db8::/32', 'documentation, RFC 3849'],
  ['2002::/16', '6to4, RFC 3056'],
  ['3fff::/20', 'documentation, RFC 9637'],
  ['5f00::/16', 'segment routing, RFC 9602'],
  ['fc00::/7', 'unique local, RFC 4193'],
  ['fe80::/10', 'link-local, RFC 4291 §2.5.6'],
  ['fec0::/10', 'site-local, RFC 3879'],
  ['ff00::/8', 'multicast, RFC 4291 §2.7'],
];

/** Any address of a network. */
function within(network: string): fc.Arbitrary<string> {
  const [address, prefix] = ipaddr.parseCIDR(network);
  const base = address.toByteArray();
  return fc.uint8Array({ minLength: base.length, maxLength: base.length }).map((random) =>
    ipaddr
      .fromByteArray(
        base.map((byte, index) => {
          const fixed = Math.min(8, Math.max(0, prefix - index * 8));
          const mask = (0xff << (8 - fixed)) & 0xff;
          return (byte & mask) | ((random[index] ?? 0) & ~mask & 0xff);
        }),
      )
      .toString(),
  );
}

const fullWidth = (text: string): string =>
  text.replace(/[0-9]/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));

/** The ways in which a URL may write an address. */
function spellings(address: string): string[] {
  if (!isIPv4(address)) {
    const parsed = ipaddr.IPv6.parse(address);
    const last = parsed.parts.slice(6);
    const [high = 0, low = 0] = last;
    const dotted = `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
    const head = parsed.parts
      .slice(0, 6)
      .map((part) => part.toString(16))
      .join(':');
    return [
      `[${address}]`,
      `[${address.toUpperCase()}]`,
      `[${parsed.toNormalizedString()}]`,
      `[${head}:${dotted}]`,
    ];
  }
  const bytes = address.split('.').map(Number) as [number, number, number, number];
  const whole = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  const [a, b, c, d] = bytes;
  return [
    address,
    `${address}.`,
    String(whole),
    `0x${whole.toString(16)}`,
    `0${whole.toString(8)}`,
    bytes.map((byte) => `0x${byte.toString(16)}`).join('.'),
    bytes.map((byte) => `0${byte.toString(8)}`).join('.'),
    `${a}.${(b << 16) | (c << 8) | d}`,
    `${a}.${b}.${(c << 8) | d}`,
    fullWidth(address),
    address.replaceAll('.', '。'),
    address.replace(/[0-9]/g, (digit) => `%3${digit}`),
    `user@${address}`,
    `${address}:8080`,
  ];
}

const isRefused = (host: string): boolean => {
  try {
    assertAdmissible(`http://${host}/`, { allowLoopback: false });
    return false;
  } catch {
    return true;
  }
};

describe('addresses that others name', () => {
  it.each(REFUSED)('%s is refused, however it is written: %s', (network) => {
    fc.assert(
      fc.property(within(network), (address) => {
        expect(classOfAddress(address), address).not.toBe('public');
        for (const host of spellings(address)) expect(isRefused(host), host).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  const v4 = fc.uint8Array({ minLength: 4, maxLength: 4 });
  const v6 = fc.uint8Array({ minLength: 16, maxLength: 16 });
  // Most of the space of IPv6 is not routed at all: half of the addresses begin as those that are.
  const routed = v6.map((bytes) => Uint8Array.from([0x20 | ((bytes[0] ?? 0) & 0x1f), ...bytes.slice(1)]));

  it('what another classifier sets aside is never public', () => {
    fc.assert(
      fc.property(fc.oneof(v4, v6, routed), (bytes) => {
        const address = ipaddr.fromByteArray([...bytes]);
        if (address.range() === 'unicast') return;
        expect(classOfAddress(address.toString()), address.toString()).not.toBe('public');
      }),
      { numRuns: 20_000 },
    );
  });

  it('public ones are admitted, however they are written', () => {
    fc.assert(
      fc.property(fc.oneof(v4, routed), (bytes) => {
        const address = ipaddr.fromByteArray([...bytes]);
        if (
          address.range() !== 'unicast' ||
          /^(2620:4f:8000|2001:[01]?[0-9a-f]{1,2}:)/.test(address.toString())
        )
          return;
        expect(classOfAddress(address.toString()), address.toString()).toBe('public');
        for (const host of spellings(address.toString())) expect(isRefused(host), host).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['1.1.1.1'],
    ['8.8.8.8'],
    ['100.63.255.255'],
    ['100.128.0.0'],
    ['172.15.255.255'],
    ['172.32.0.0'],
    ['198.17.255.255'],
    ['198.20.0.0'],
    ['223.255.255.255'],
    ['2606:4700::1111'],
    ['2001:4860:4860::8888'],
    ['2003::1'],
    ['3ffe:ffff::1'],
  ])('%s, beside what is refused, is public', (address) => expect(classOfAddress(address)).toBe('public'));

  it.each(['fe80::1%eth0', '2606:4700::1111%1', '127.0.0.1.example', '0x7f000001', '', 'localhost'])(
    '"%s" is no plain address',
    (text) => expect(classOfAddress(text)).toBe('internal'),
  );

  it.each([
    'localhost',
    'LOCALHOST',
    'localhost.',
    'x.localhost',
    'ｌocalhost',
    '[fe80::1%25eth0]',
    '[::1%25lo]',
  ])('http://%s/ is this machine or no address', (host) => expect(isRefused(host)).toBe(true));

  it('a host that the operator named is admitted in every spelling, and no other', () => {
    const named = { allowLoopback: false, trustedHosts: ['127.0.0.1', '::1', 'Hooks.Branch.example.'] };
    for (const host of [
      '127.0.0.1',
      '0x7f.1',
      '127.0.0.1.',
      '[::1]',
      '[0:0:0:0:0:0:0:1]',
      'hooks.branch.example',
    ])
      expect(() => assertAdmissible(`http://${host}:8080/x`, named), host).not.toThrow();
    for (const host of ['127.0.0.2', '[::2]', 'localhost', '10.0.0.1'])
      expect(() => assertAdmissible(`http://${host}/`, named), host).toThrow();
  });
});
