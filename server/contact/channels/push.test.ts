import { createServer, type Server } from 'node:net';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import webPush from 'web-push';
import { pushAddressOf } from '#domain/contact/push';
import { type PushManner, readVapid, startPushReceiver } from '#server/testing/push-receiver';
import { isPublicAddress, lookupPublic } from './public-address';
import { createPush } from './push';

let manner: PushManner = 201;
const receiver = await startPushReceiver(() => manner);
const pair = webPush.generateVAPIDKeys();
const ours = { keys: async () => pair, subject: 'https://regrasp.example.org' };
const push = createPush({ ...ours, reach: receiver.options });
afterAll(() => receiver.stop());
beforeEach(() => {
  manner = 201;
  receiver.received.length = 0;
});

const news = {
  messageToken: '7f0a9e1b-6e0e-45dd-965c-449b4f7b9cff',
  locale: 'en',
  userId: '0190a9e1-6e0e-75dd-965c-449b4f7b9cff',
  audience: 'patient',
  isUrgent: false,
  groups: ['answers'],
} as const;
const urgent = { ...news, audience: 'staff', isUrgent: true, groups: ['safety'] } as const;
const noted = { handed: 0 };
const handOver = async () => {
  noted.handed++;
};

/** Sends and reads what arrived. */
async function sent(
  outgoing: Omit<typeof news | typeof urgent, 'groups'> & { groups: readonly ('answers' | 'safety' | 'reminders')[] },
) {
  const device = receiver.subscribe();
  const outcome = await push.send({ ...outgoing, to: pushAddressOf(device) }, handOver);
  const arrived = receiver.received.at(-1);
  return { outcome, arrived, said: arrived ? device.read(arrived.body) : '' };
}

describe('a notification', () => {
  it('is encrypted for its device, and says that there is news and nothing else', async () => {
    const { outcome, arrived, said } = await sent(news);
    expect(outcome).toEqual({ kind: 'sent' });
    expect(JSON.parse(said)).toEqual({
      v: 1,
      title: 'You have a message from your clinic',
      path: '/today',
      tag: expect.stringMatching(/^[\w-]{32}$/),
    });
    for (const secret of [news.userId, news.messageToken, 'answers']) expect(said).not.toContain(secret);
    expect(arrived?.headers).toMatchObject({
      'content-encoding': 'aes128gcm',
      'content-type': 'application/octet-stream',
      ttl: '86400',
      urgency: 'normal',
      topic: JSON.parse(said).tag,
    });
    expect(arrived?.headers.cookie).toBeUndefined();
    const other = receiver.subscribe();
    expect(() => other.read(arrived?.body ?? Buffer.alloc(0))).toThrow();
  });

  it('is signed with the key of this store, for its service alone, for a day at most', async () => {
    const { arrived } = await sent(news);
    const { key, claims } = readVapid(String(arrived?.headers.authorization));
    expect(key).toBe(pair.publicKey);
    expect(claims).toMatchObject({ aud: 'https://push.example.org', sub: 'https://regrasp.example.org' });
    expect(claims.exp - Date.now() / 1000).toBeGreaterThan(0);
    expect(claims.exp - Date.now() / 1000).toBeLessThanOrEqual(24 * 3600);
    expect(() => readVapid(String(arrived?.headers.authorization).replace(/\.(.)/, '.f'))).toThrow();
  });

  it('of urgent news wakes the phone, takes no other’s place but its repetition’s, and is as long as any other', async () => {
    const first = await sent(urgent);
    const again = await sent(urgent);
    const other = await sent({ ...urgent, messageToken: 'another' as typeof urgent.messageToken });
    const patient = await sent(news);
    expect(JSON.parse(first.said)).toMatchObject({ title: 'Urgent: someone needs a look', path: '/notices' });
    expect(first.arrived?.headers).toMatchObject({ ttl: '14400', urgency: 'high' });
    expect(again.arrived?.headers.topic).toBe(first.arrived?.headers.topic);
    expect(other.arrived?.headers.topic).not.toBe(first.arrived?.headers.topic);
    expect(patient.arrived?.body.length).toBe(first.arrived?.body.length);
  });

  it('of a reminder is kept for its hour, in words that are not told from other news', async () => {
    const reminder = await sent({ ...news, groups: ['reminders'] });
    const answer = await sent(news);
    expect(reminder.arrived?.headers).toMatchObject({ ttl: '3600', urgency: 'high' });
    expect(reminder.arrived?.headers.topic).not.toBe(answer.arrived?.headers.topic);
    expect(JSON.parse(reminder.said).title).toBe(JSON.parse(answer.said).title);
  });

  it.each<[PushManner, object]>([
    [200, { kind: 'sent' }],
    [202, { kind: 'sent' }],
    [302, { kind: 'refused', code: 'http_302', isServerDown: false }],
    [307, { kind: 'refused', code: 'http_307', isServerDown: false }],
    [400, { kind: 'refused', code: 'http_400', isServerDown: false }],
    [403, { kind: 'refused', code: 'http_403', isServerDown: false }],
    [404, { kind: 'dead', code: 'http_404' }],
    [410, { kind: 'dead', code: 'http_410' }],
    [429, { kind: 'refused', code: 'http_429', isServerDown: false }],
    [503, { kind: 'refused', code: 'http_503', isServerDown: false }],
    ['cut', { kind: 'unsure', code: 'no_answer' }],
  ])('that is answered with %s', async (answer, expected) => {
    manner = answer;
    expect((await sent(news)).outcome).toEqual(expected);
    expect(receiver.received).toHaveLength(1);
  });

  it('is not sent where handing it over is forbidden', async () => {
    const to = pushAddressOf(receiver.subscribe());
    const outcome = await push.send({ ...news, to }, () => Promise.reject(new Error('the claim was lost')));
    expect(outcome).toEqual({ kind: 'refused', code: 'claim_lost', isServerDown: false });
    expect(receiver.received).toEqual([]);
  });

  it('to nobody there is tried later', async () => {
    const nobody = createPush({ ...ours, reach: { ...receiver.options, port: 1 } });
    const to = pushAddressOf(receiver.subscribe());
    expect(await nobody.send({ ...news, to }, handOver)).toMatchObject({ kind: 'refused', code: 'econnrefused' });
  });

  it.each([
    ['no address', 'x'],
    ['half of one', '["https://push.example.org/1"]'],
    ['one without TLS', pushAddressOf({ ...receiver.subscribe(), endpoint: 'http://push.example.org/1' })],
    ['one of this machine', pushAddressOf({ ...receiver.subscribe(), endpoint: 'https://127.0.0.1/1' })],
    [
      'one of this machine in another spelling',
      pushAddressOf({ ...receiver.subscribe(), endpoint: 'https://0x7f.1/' }),
    ],
    ['one of a private net', pushAddressOf({ ...receiver.subscribe(), endpoint: 'https://[::ffff:10.0.0.1]/1' })],
    ['a key that is no point of the curve', pushAddressOf({ ...receiver.subscribe(), p256dh: `B${'x'.repeat(86)}` })],
  ])('to %s is sent nowhere, and its device is let go of', async (_what, to) => {
    const before = noted.handed;
    expect((await push.send({ ...news, to }, handOver)).kind).toBe('dead');
    expect(noted.handed).toBe(before);
    expect(receiver.received).toEqual([]);
  });
});

describe('a name that leads into a net of its own', () => {
  it('is not connected to, whatever listens there', async () => {
    let connected = 0;
    const here: Server = createServer(() => {
      connected++;
    });
    await new Promise<void>((resolve) => here.listen(0, '127.0.0.1', resolve));
    const { port } = here.address() as { port: number };
    // As a name of the public net that leads to this machine: looked up as it is, and refused then.
    const reach = {
      port,
      lookup: ((_name, options, callback) => lookupPublic('localhost', options, callback)) as typeof lookupPublic,
    };
    const rebound = createPush({ ...ours, reach });
    const to = pushAddressOf(receiver.subscribe());
    expect(await rebound.send({ ...news, to }, handOver)).toEqual({ kind: 'dead', code: 'not_public' });
    expect(connected).toBe(0);
    here.close();
  });

  it.each([
    ['8.8.8.8', true],
    ['2001:4860:4860::8888', true],
    ['::ffff:8.8.8.8', true],
    ['64:ff9b::808:808', true],
    ['127.0.0.1', false],
    ['10.1.2.3', false],
    ['172.16.0.1', false],
    ['192.168.1.1', false],
    ['169.254.169.254', false],
    ['100.64.0.1', false],
    ['0.0.0.0', false],
    ['255.255.255.255', false],
    ['224.0.0.1', false],
    ['::', false],
    ['::1', false],
    ['::ffff:127.0.0.1', false],
    ['::ffff:a9fe:a9fe', false],
    ['64:ff9b::a00:1', false],
    ['fe80::1', false],
    ['fe80::1%eth0', false],
    ['fc00::1', false],
    ['fd12:3456::1', false],
    ['ff02::1', false],
    ['2002:7f00:1::', false],
    ['2001:db8::1', false],
    ['not an address', false],
  ])('%s: public %s', (address, isPublic) => {
    expect(isPublicAddress(address)).toBe(isPublic);
  });
});
