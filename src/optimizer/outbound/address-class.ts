import { BlockList, isIPv4, isIPv6 } from 'node:net';

/**
 * `public` may be called for anybody who names it; `loopback` is this machine; everything else is `internal`: inside a
 * network, without a receiver of its own, or a way of writing another address.
 */
export type AddressClass = 'public' | 'loopback' | 'internal';

/** IPv4 that nobody outside can reach (IANA IPv4 Special-Purpose Address Registry, RFC 6890; RFC 5771 multicast). */
const INTERNAL_V4: readonly string[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10', // shared by carriers (RFC 6598)
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24', // protocol assignments
  '192.0.2.0/24', // documentation
  '192.31.196.0/24', // AS112
  '192.52.193.0/24', // AMT
  '192.88.99.0/24', // 6to4 relays, deprecated
  '192.168.0.0/16',
  '192.175.48.0/24', // AS112
  '198.18.0.0/15', // benchmarking
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, broadcast
];

/**
 * The only IPv6 that is routed between networks (IANA IPv6 Global Unicast Address Assignments). What lies outside
 * is refused by this alone: IPv4-compatible, mapped and translated addresses, NAT64 (64:ff9b::/96 and
 * 64:ff9b:1::/48), site-local, unique local, link-local, multicast, segment routing.
 */
const GLOBAL_V6 = '2000::/3';

/** Exceptions within (IANA IPv6 Special-Purpose Address Registry). */
const INTERNAL_V6: readonly string[] = [
  '2001::/23', // protocol assignments: Teredo, ORCHID, benchmarking, AMT
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4 carries an IPv4 address
  '2620:4f:8000::/48', // AS112
  '3fff::/20', // documentation
];

// Lists of one family each: one with IPv4 would take a mapped address (`::ffff:127.0.0.1`) for what it maps.
const LOOPBACK_V4 = listOf(['127.0.0.0/8']);
const LOOPBACK_V6 = listOf(['::1/128']);
const REFUSED_V4 = listOf(INTERNAL_V4);
const ROUTED_V6 = listOf([GLOBAL_V6]);
const REFUSED_V6 = listOf(INTERNAL_V6);

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    list.addSubnet(address, Number(prefix), isIPv6(address) ? 'ipv6' : 'ipv4');
  }
  return list;
}

/**
 * What an address is, as a resolver or a parsed URL writes it. Whatever is no plain address, such as one with a
 * zone, is `internal`.
 */
export function classOfAddress(address: string): AddressClass {
  if (isIPv4(address)) {
    if (LOOPBACK_V4.check(address)) return 'loopback';
    return REFUSED_V4.check(address) ? 'internal' : 'public';
  }
  if (!isIPv6(address) || address.includes('%')) return 'internal';
  if (LOOPBACK_V6.check(address, 'ipv6')) return 'loopback';
  return ROUTED_V6.check(address, 'ipv6') && !REFUSED_V6.check(address, 'ipv6') ? 'public' : 'internal';
}
