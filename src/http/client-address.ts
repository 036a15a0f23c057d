import type { Request } from 'express';
import { isIPv6 } from 'node:net';

/**
 * By which limits per client count: the address, as far as PROXY_HOPS proxies can be believed. Of an
 * IPv6 address the first half, since a household or an institute has the whole other half to itself.
 */
export function clientAddress({ ip = '' }: Pick<Request, 'ip'>): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  return isIPv6(ip) ? `${networkOf(ip)}::/64` : ip;
}

/** Groups of an IPv6 address, and those that make its network. */
const groups = 8;
const networkGroups = 4;

/** The first four groups; `::` stands for as many zeros as are missing. */
function networkOf(ip: string): string {
  const [head = '', tail] = ip.replace(/%.*$/, '').split('::');
  const before = head.split(':').filter((group) => group !== '');
  const after = (tail ?? '').split(':').filter((group) => group !== '');
  const zeros = new Array<string>(Math.max(0, groups - before.length - after.length)).fill('0');
  return [...before, ...zeros, ...after]
    .slice(0, networkGroups)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
