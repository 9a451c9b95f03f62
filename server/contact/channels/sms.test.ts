import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeNews, readDeliveriesOf } from '#db/factories/news';
import { DEFAULT_CHOICES } from '#domain/contact/choices';
import { HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { createSender, planDeliveries } from '#server/contact/deliver';
import { parseEnv } from '#server/runtime/env';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { createSms } from './sms';

const SECRET = 's'.repeat(32);
type Asked = { headers: IncomingHttpHeaders; body: string };
const asked: Asked[] = [];
/** What the receiver answers; null: it cuts the line. */
let status: number | null = 200;
const receiver = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => {
    body += chunk;
  });
  request.on('end', () => {
    asked.push({ headers: request.headers, body });
    if (status === null) return response.destroy();
    response.writeHead(status, { location: 'http://127.0.0.1:1/elsewhere' }).end('ok');
  });
});
await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/send`;
const test = openTestApp({ SMS_WEBHOOK_URL: url, SMS_WEBHOOK_SECRET: SECRET });
let cast: Cast;
beforeAll(async () => {
  cast = await makeCast(test.app);
});
afterAll(() => receiver.close());
beforeEach(() => {
  asked.length = 0;
});

const outgoing = {
  messageToken: 'a-name',
  to: '+44 7700 900123',
  locale: 'en',
  audience: 'patient',
  isUrgent: false,
  userId: 'x',
  groups: ['answers'],
} as const;

describe('a text by the clinic’s webhook', () => {
  it.each<[number | null, object]>([
    [200, { kind: 'sent' }],
    [202, { kind: 'sent' }],
    [302, { kind: 'refused', code: 'http_302', isServerDown: false }],
    [401, { kind: 'refused', code: 'http_401', isServerDown: false }],
    [410, { kind: 'dead', code: 'http_410' }],
    [429, { kind: 'refused', code: 'http_429', isServerDown: true }],
    [503, { kind: 'refused', code: 'http_503', isServerDown: true }],
    [null, { kind: 'unsure', code: 'no_answer' }],
  ])('that answers %s', async (answers, outcome) => {
    status = answers;
    expect(await createSms({ url, secret: SECRET }).send(outgoing, async () => undefined)).toEqual(outcome);
    expect(asked).toHaveLength(1);
  });

  it('is signed with its time, and says that there is news and nothing else', async () => {
    status = 200;
    await createSms({ url, secret: SECRET }).send(outgoing, async () => undefined);
    const [{ headers, body } = { headers: {}, body: '' }] = asked;
    const [, seconds = '', mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-regrasp-signature'])) ?? [];
    expect(mac).toBe(createHmac('sha256', SECRET).update(`${seconds}.${body}`).digest('hex'));
    expect(Math.abs(Number(seconds) - Date.now() / 1000)).toBeLessThan(60);
    expect(JSON.parse(body)).toEqual({
      id: 'a-name',
      to: '+44 7700 900123',
      text: 'You have a message from your clinic.',
    });
  });

  it('is sent to nobody where the claim is lost, and refused where nobody listens', async () => {
    const lost = createSms({ url, secret: SECRET }).send(outgoing, () => Promise.reject(new Error('lost')));
    expect(await lost).toMatchObject({ kind: 'refused' });
    expect(asked).toEqual([]);
    const absent = createSms({ url: 'http://127.0.0.1:59999/', secret: SECRET }).send(outgoing, async () => undefined);
    expect(await absent).toMatchObject({ kind: 'refused', isServerDown: true });
  });

  it('goes to who chose it and to nobody else, once where the line was cut and then answered', async () => {
    const { clinicId, ana, other } = cast;
    const userId = ana.userId ?? '';
    await (await test.as(userId)).contact.choose({ ...DEFAULT_CHOICES, smsPhone: '+44 7700 900123' });
    for (const one of [userId, other.userId ?? ''])
      await test.app.database.write((d) =>
        makeNews(d, { clinicId, userId: one, kind: 'review_published', at: test.clock.nowMs }),
      );
    const worker = { clock: () => test.clock.nowMs, signal: new AbortController().signal };
    await planDeliveries(test.app, worker);
    for (const answers of [null, 200, 200]) {
      status = answers;
      test.clock.nowMs += answers === null ? 5 * MINUTE_MS : HOUR_MS;
      await createSender(test.app, { channel: 'sms', isUrgent: false, senders: 2 })(worker);
    }
    expect(asked).toHaveLength(2);
    expect(new Set(asked.map(({ body }) => body)).size).toBe(1);
    expect(await test.app.database.read((d) => readDeliveriesOf(d, { userId }))).toMatchObject([
      { state: 'sent', channel: 'sms' },
    ]);
  });
});

describe('its settings', () => {
  const env = (over: Record<string, string>) => () => parseEnv({ REGRASP_SECRET: 'x'.repeat(32), ...over });
  it('go together, and off this machine through TLS', () => {
    expect(env({ SMS_WEBHOOK_URL: 'https://sms.example.org', SMS_WEBHOOK_SECRET: SECRET })).not.toThrow();
    expect(env({ SMS_WEBHOOK_URL: url, SMS_WEBHOOK_SECRET: SECRET })).not.toThrow();
    expect(env({ SMS_WEBHOOK_URL: 'https://sms.example.org' })).toThrow(/together/);
    expect(env({ SMS_WEBHOOK_URL: 'http://sms.example.org', SMS_WEBHOOK_SECRET: SECRET })).toThrow(/https/);
    expect(env({ SMTP_URL: 'smtp://mail.example.org' })).toThrow(/MAIL_FROM/);
    expect(env({ SMTP_URL: 'smtp://me:100%@mail.example.org', MAIL_FROM: 'a@example.org' })).toThrow(/SMTP_URL.*%25/);
    expect(env({ MAIL_FROM: 'A\r\nBcc: b@example.org <a@example.org>' })).toThrow(/MAIL_FROM/);
  });
});
