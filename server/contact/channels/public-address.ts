import 'server-only';
import { lookup as lookupName } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** A name that leads into a net of its own, or to this machine. */
export class NotPublic extends Error {
  readonly code = 'NOT_PUBLIC';
}

/** Translated by the net's own gateway (RFC 6052): what counts is the address inside. */
function translated(address: ipaddr.IPv6): ipaddr.IPv4 | null {
  return address.range() === 'rfc6052' ? new ipaddr.IPv4(address.toByteArray().slice(12)) : null;
}

/** Whether an address is one of the public net; one that wraps another, as ::ffff:10.0.0.1 does, is what it wraps. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  const inside = address instanceof ipaddr.IPv6 ? translated(address) : null;
  return (inside ?? address).range() === 'unicast';
}

type Looked = { address: string; family: number };

/**
 * Looks a name up for a connection, and refuses where any of its addresses is not public: the address that was asked
 * about is the one that is connected to. A number needs no look-up and never comes here: whoever connects refuses it.
 */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookupName(hostname, { ...options, all: true }, (error, found: Looked[]) => {
    if (error) return callback(error, '', 0);
    const [first] = found;
    if (!first || !found.every(({ address }) => isPublicAddress(address)))
      return callback(new NotPublic(`${hostname} is not public`), '', 0);
    if (options.all) return callback(null, found);
    callback(null, first.address, first.family);
  });
};
