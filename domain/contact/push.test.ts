import { describe, expect, it } from 'vitest';
import { pushSubscriptionSchema, pushTtlSeconds, pushUrgency } from './push';

const keys = { p256dh: `B${'x'.repeat(86)}`, auth: 'y'.repeat(22) };
const reads = (endpoint: string) => pushSubscriptionSchema.safeParse({ endpoint, ...keys }).success;

describe('the address of a push service', () => {
  it.each([
    'https://fcm.googleapis.com/fcm/send/abc:def',
    'https://updates.push.services.mozilla.com/wpush/v2/gAAAA',
    'https://web.push.apple.com/QPz',
    'https://wns2-par02p.notify.windows.com/w/?token=BQ%3d',
    'https://push.xn--bcher-kva.example/1',
  ])('is read: %s', (endpoint) => {
    expect(reads(endpoint)).toBe(true);
  });

  it.each([
    'http://fcm.googleapis.com/fcm/send/abc',
    'https://fcm.googleapis.com:8443/x',
    'https://user:password@fcm.googleapis.com/x',
    'https://user@fcm.googleapis.com/x',
    'https://fcm.googleapis.com/x#y',
    'https://127.0.0.1/x',
    'https://2130706433/x',
    'https://0x7f.1/x',
    'https://0177.0.0.1/x',
    'https://[::1]/x',
    'https://[::ffff:10.0.0.1]/x',
    'https://[fe80::1]/x',
    'https://localhost/x',
    'https://app.localhost/x',
    'https://printer.local/x',
    'https://db.internal/x',
    'https://intranet/x',
    'https://a..example.org/x',
    'https://example.org./x',
    'ftp://example.org/x',
    'javascript:alert(1)',
    'file:///etc/passwd',
    '',
    'x',
    `https://example.org/${'x'.repeat(1024)}`,
  ])('is refused: %s', (endpoint) => {
    expect(reads(endpoint)).toBe(false);
  });

  it.each([
    { p256dh: '' },
    { p256dh: 'x'.repeat(86) },
    { p256dh: `${'x'.repeat(86)}+` },
    { auth: 'y'.repeat(23) },
    { auth: 'y'.repeat(21) },
    { auth: null },
  ])('comes with keys of their length: not %o', (wrong) => {
    expect(
      pushSubscriptionSchema.safeParse({ endpoint: 'https://push.example.org/1', ...keys, ...wrong }).success,
    ).toBe(false);
  });
});

describe('how long a push service keeps it, and whether a phone may be woken', () => {
  it.each([
    [{ isUrgent: true, groups: ['safety'] as const }, 4 * 3600, 'high'],
    [{ isUrgent: false, groups: ['reminders'] as const }, 3600, 'high'],
    [{ isUrgent: false, groups: ['reminders', 'answers'] as const }, 86_400, 'high'],
    [{ isUrgent: false, groups: ['answers'] as const }, 86_400, 'normal'],
    [{ isUrgent: false, groups: [] }, 86_400, 'normal'],
  ] as const)('%o', (said, ttl, urgency) => {
    expect(pushTtlSeconds(said)).toBe(ttl);
    expect(pushUrgency(said)).toBe(urgency);
  });
});
