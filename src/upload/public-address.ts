import { lookup } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { badUpload } from './upload-failure.ts';

type Ranges = readonly (readonly [network: string, prefix: number])[];

/** IPv4 addresses that are not a host of the public Internet (IANA, special-purpose registry). */
const specialIpv4: Ranges = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16], // link-local; 169.254.169.254 tells cloud machines their credentials
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** Public IPv6 is 2000::/3 alone (so no loopback, link-local, ULA, mapped IPv4, NAT64), but for: */
const specialIpv6: Ranges = [
  ['2001::', 23], // Teredo and other protocols
  ['2001:db8::', 32],
  ['2002::', 16], // 6to4: an IPv4 address, whichever
  ['3fff::', 20],
];

const special = new BlockList();
for (const [network, prefix] of specialIpv4) special.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of specialIpv6) special.addSubnet(network, prefix, 'ipv6');
const globalIpv6 = new BlockList();
globalIpv6.addSubnet('2000::', 3, 'ipv6');

/** @param address IPv4 or IPv6 in text form; anything else is not public */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !special.check(address, 'ipv4');
  return (
    family === 6 &&
    !address.includes('%') &&
    globalIpv6.check(address, 'ipv6') &&
    !special.check(address, 'ipv6')
  );
}

/** Told without the address: what names mean inside the service's network is nobody's business. */
export function privateAddress(host: string): Error {
  return badUpload(
    `UPLOAD: ${host} is not a host of the public Internet, and this service fetches nothing from ` +
      'others. Send the table inside the request.',
  );
}

/**
 * `lookup` for node:net: the connection goes to the very addresses that were checked, so that a name
 * cannot change its meaning in between.
 */
export const lookupPublic: LookupFunction = (host, options, callback) => {
  lookup(host, { ...options, all: true }).then(
    (addresses) => {
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address))) {
        callback(privateAddress(host), '', 0);
      } else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    },
    (error: unknown) => {
      callback(error instanceof Error ? error : new Error(String(error)), '', 0);
    },
  );
};
