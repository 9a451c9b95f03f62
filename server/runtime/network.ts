import 'server-only';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import ipaddr from 'ipaddr.js';

const FORWARDED = 'x-forwarded-for';

/**
 * Adds the socket's own address to the end of `X-Forwarded-For`, as a proxy does, before anything sees the request. Next
 * sets this header only where a client sent none, and no handler of it is given the socket: without this anybody could
 * write down any address, or be one of nobody's. Called once, when the process begins.
 */
export function nameSockets(): void {
  subscribe('http.server.request.start', (message) => {
    const { request, socket } = message as { request: IncomingMessage; socket: Socket };
    request.headers[FORWARDED] = [request.headers[FORWARDED], socket.remoteAddress].filter(Boolean).join(', ');
  });
}

/**
 * The network that a request came from, as tries are counted under it: an IPv4 address, or the first 64 bits of an IPv6
 * address, of which one household has all the rest. `trustedHops`: how many proxies of one's own stand before the app;
 * what stands before theirs in the header is the client's own word. Everybody unknown shares one network.
 */
export function networkOf(forwarded: string | null, trustedHops: number): string {
  const chain = (forwarded ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const named = withoutPort(chain.at(-1 - trustedHops) ?? chain[0] ?? '');
  if (!ipaddr.isValid(named)) return 'unknown';
  const address = ipaddr.process(named);
  if (address.kind() === 'ipv4') return address.toString();
  const half = (address as ipaddr.IPv6).parts.slice(0, 4).map((part) => part.toString(16));
  return `${half.join(':')}::/64`;
}

/** Some proxies write `192.0.2.1:4711` and `[2001:db8::1]:4711`. */
function withoutPort(text: string): string {
  return /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
}
