import 'server-only';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { GROUPS, type Group, isOptional } from '#domain/contact/kinds';

const USER_BYTES = 16;
const MAC_BYTES = 32;

/** Each use of the secret has a purpose of its own, so that what one signs is worth nothing to another. */
function keyed(secret: string, purpose: 'unsubscribe' | 'address', text: string | Buffer): Buffer {
  return createHmac('sha256', secret).update(`regrasp:${purpose}:v1:`).update(text).digest();
}

/** By what an address is recognised without being kept. */
export function addressHash(secret: string, channel: string, address: string): string {
  return keyed(secret, 'address', `${channel}:${address}`).toString('base64url');
}

/** What turns these groups off for this account, and does nothing else: the account, a bit per group, and our signature. */
export function unsubscribeToken(secret: string, userId: string, groups: readonly Group[]): string {
  const bits = groups.filter(isOptional).reduce((sum, group) => sum | (1 << GROUPS.indexOf(group)), 0);
  const said = Buffer.concat([Buffer.from(userId.replaceAll('-', ''), 'hex'), Buffer.from([bits])]);
  return Buffer.concat([said, keyed(secret, 'unsubscribe', said)]).toString('base64url');
}

/** Null for a token that is not ours. */
export function readUnsubscribeToken(secret: string, token: string): { userId: string; groups: Group[] } | null {
  if (!/^[\w-]{66}$/.test(token)) return null;
  const bytes = Buffer.from(token, 'base64url');
  const said = bytes.subarray(0, USER_BYTES + 1);
  const mac = bytes.subarray(USER_BYTES + 1);
  if (mac.length !== MAC_BYTES || !timingSafeEqual(mac, keyed(secret, 'unsubscribe', said))) return null;
  const hex = said.subarray(0, USER_BYTES).toString('hex');
  const userId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const bits = said[USER_BYTES] ?? 0;
  return { userId, groups: GROUPS.filter((group, n) => isOptional(group) && (bits & (1 << n)) !== 0) };
}
