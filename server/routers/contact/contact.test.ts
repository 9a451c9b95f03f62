import { beforeAll, describe, expect, it } from 'vitest';
import { setEmail } from '#db/factories/news';
import { listAudit } from '#db/queries/clinic/audit';
import { saveDeadAddress } from '#db/queries/contact/person';
import { DEFAULT_CHOICES } from '#domain/contact/choices';
import { emailHashWith } from '#server/contact/channels/email';
import { readUnsubscribeToken, unsubscribeToken } from '#server/contact/links';
import { unsubscribe } from '#server/contact/unsubscribe';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp({ MAIL_DIR: '/nowhere/that/is/written' });
let cast: Cast;
beforeAll(async () => {
  cast = await makeCast(test.app);
});
const ana = () => test.as(cast.ana.userId);
const mira = () => test.as(cast.mira.userId);

describe('how an account wishes to be reached', () => {
  it('begins with the defaults, and offers what is ever said to it', async () => {
    expect(await (await ana()).contact.choices()).toMatchObject({
      choices: DEFAULT_CHOICES,
      groups: ['answers', 'messages', 'program', 'visits', 'reminders'],
      hasDigest: false,
      hasMail: true,
      hasSms: false,
      hasAddress: false,
    });
    expect(await (await mira()).contact.choices()).toMatchObject({
      groups: ['answers', 'messages', 'visits', 'team'],
      hasDigest: true,
    });
  });

  it('is the account’s own: another keeps theirs', async () => {
    const choices = {
      ...DEFAULT_CHOICES,
      quietFrom: 0,
      quietUntil: 0,
      timeZone: 'Asia/Kathmandu',
      emailOff: ['visits' as const],
    };
    await (await ana()).contact.choose(choices);
    expect((await (await ana()).contact.choices()).choices).toEqual(choices);
    for (const other of [cast.mira, cast.other, cast.outsider, cast.outsiderPatient])
      expect((await (await test.as(other.userId)).contact.choices()).choices).toEqual(DEFAULT_CHOICES);
    const nobody = await test.as(null);
    await expect(nobody.contact.choose(choices)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });

  it.each([{ emailOff: ['safety'] }, { quietFrom: 2000 }, { timeZone: 'Nowhere/Here' }, { smsPhone: '\0' }])(
    'refuses %o',
    async (wrong) => {
      const choices = { ...DEFAULT_CHOICES, ...wrong } as typeof DEFAULT_CHOICES;
      await expect((await ana()).contact.choose(choices)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    },
  );
});

describe('the link of an e-mail', () => {
  const token = (groups: Parameters<typeof unsubscribeToken>[2]) =>
    unsubscribeToken(test.app.env.REGRASP_SECRET, cast.other.userId ?? '', groups);
  const post = (at: string, body = '') =>
    unsubscribe(test.app, new Request(`http://127.0.0.1:3000/api/unsubscribe/${at}`, { method: 'POST', body }), at);
  const off = async () => (await (await test.as(cast.other.userId)).contact.choices()).choices.emailOff;

  it('turns off what it names, for its account, and says so to a mail program and to a person', async () => {
    expect((await post(token(['answers']), 'List-Unsubscribe=One-Click')).status).toBe(200);
    expect(await off()).toEqual(['answers']);
    const answer = await post(token(['answers', 'visits']));
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      `/unsubscribe/${token(['answers', 'visits'])}?done`,
    ]);
    expect(await off()).toEqual(['answers', 'visits']);
    const { clinicId } = cast;
    const acts = await test.app.database.read((d) => listAudit(d, { clinicId, before: null, limit: 9 }));
    expect(acts.filter(({ act }) => act === 'contact.unsubscribe')).toHaveLength(2);
  });

  it('reads no more than what a mail program says', async () => {
    const before = await off();
    expect((await post(token(['program']), 'x'.repeat(1_000_000))).status).toBe(413);
    expect(await off()).toEqual(before);
  });

  it('never names safety', () => {
    expect(readUnsubscribeToken(test.app.env.REGRASP_SECRET, token(['safety', 'team']))?.groups).toEqual(['team']);
  });

  it('that is changed, cut, or signed for something else does nothing', async () => {
    const before = await off();
    const good = token(['program']);
    const bytes = Buffer.from(good, 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(readUnsubscribeToken(test.app.env.REGRASP_SECRET, changed.toString('base64url'))).toBeNull();
    }
    for (const wrong of [
      '',
      good.slice(1),
      `${good}A`,
      'x'.repeat(66),
      unsubscribeToken('y'.repeat(32), cast.other.userId ?? '', ['program']),
    ])
      expect((await post(wrong)).status).toBe(404);
    expect(await off()).toEqual(before);
  });
});

describe('what an admin sees of e-mails', () => {
  it('is the own clinic’s alone, and nobody else’s business', async () => {
    const { userId } = cast.other;
    await test.app.database.write((d) => setEmail(d, { userId: userId ?? '', email: 'henry@example.org' }));
    const addressHash = emailHashWith(test.app.env)('henry@example.org') ?? '';
    const dead = {
      userId: userId ?? '',
      channel: 'email' as const,
      clinicId: cast.clinicId,
      code: 'smtp_550',
      at: test.clock.nowMs,
    };
    await test.app.database.write((d) => saveDeadAddress(d, { ...dead, addressHash }));
    const admin = await test.as(cast.admin.userId);
    expect(await admin.contact.delivery()).toMatchObject({
      mail: 'folder',
      waiting: 0,
      lastSentAt: null,
      deadCount: 1,
      dead: [{ name: 'Henry Boateng', code: 'smtp_550' }],
    });
    expect(await admin.records.get({ patientId: cast.other.patientId })).toMatchObject({
      addressRefusedAt: test.clock.nowMs,
    });
    expect(await admin.records.get({ patientId: cast.ana.patientId })).toMatchObject({ addressRefusedAt: null });
    for (const other of [cast.mira, cast.ana, cast.outsider])
      await expect((await test.as(other.userId)).contact.delivery()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
