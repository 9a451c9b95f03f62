import * as z from 'zod/mini';
import { DAY_MS, HOUR_MS, SECOND_MS } from '#domain/time/duration';
import type { Group } from './kinds';

const ENDPOINT_MAX = 1024;

/** Base64url without padding, of exactly so many bytes. */
const keyOf = (bytes: number) => z.string().check(z.regex(new RegExp(`^[\\w-]{${Math.ceil((bytes * 4) / 3)}}$`)));

/**
 * Whether an address can be that of a browser maker's push service: https on its own port, by a name of the public net, with
 * no login in it. Numbers are refused in every spelling; what a name leads to is asked when something is sent.
 */
export function isPushEndpoint(text: string): boolean {
  if (text.length > ENDPOINT_MAX || !URL.canParse(text)) return false;
  const { protocol, hostname, port, username, password, hash } = new URL(text);
  if (protocol !== 'https:' || port !== '' || username + password + hash !== '') return false;
  // The last label of a number is a number, also in hexadecimal; that of a name of the public net never is.
  return (
    /^(?!.*\.\.)[a-z0-9.-]+\.[a-z][a-z0-9-]*[a-z0-9]$/.test(hostname) && !/\.(local|internal|localhost)$/.test(hostname)
  );
}

/** What a browser hands out for one device (RFC 8291): where it is reached, its public key, and what both sides know. */
export const pushSubscriptionSchema = z.object({
  endpoint: z.string().check(z.maxLength(ENDPOINT_MAX), z.refine(isPushEndpoint)),
  p256dh: keyOf(65),
  auth: keyOf(16),
});
export type PushSubscriptionKeys = z.infer<typeof pushSubscriptionSchema>;

/** More browsers than one person uses; the one that was turned on first goes. */
export const PUSH_DEVICES_MAX = 10;

type Said = { isUrgent: boolean; groups: readonly Group[] };

/** How long a push service keeps what it cannot hand over, in seconds: a reminder is of its hour, urgent news of its shift. */
export function pushTtlSeconds({ isUrgent, groups }: Said): number {
  const isReminder = groups.length > 0 && groups.every((group) => group === 'reminders');
  const keptMs = isUrgent ? 4 * HOUR_MS : isReminder ? HOUR_MS : DAY_MS;
  return keptMs / SECOND_MS;
}

/** Whether a phone may be woken for it (RFC 8030, 5.3). */
export function pushUrgency({ isUrgent, groups }: Said): 'high' | 'normal' {
  return isUrgent || groups.includes('reminders') ? 'high' : 'normal';
}

/** A subscription as the address of a message, always spelt alike: its hash recognises it. */
export const pushAddressOf = ({ endpoint, p256dh, auth }: PushSubscriptionKeys): string =>
  JSON.stringify([endpoint, p256dh, auth]);

/** The subscription behind an address; null where it is none. */
export function readPushAddress(address: string): PushSubscriptionKeys | null {
  try {
    const read = z.tuple([z.string(), z.string(), z.string()]).parse(JSON.parse(address));
    const [endpoint, p256dh, auth] = read;
    return { endpoint, p256dh, auth };
  } catch {
    return null;
  }
}
