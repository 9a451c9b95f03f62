import { v7 as uuidv7 } from 'uuid';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { setEmail } from '#db/factories/news';
import { listNotices } from '#db/queries/contact/notices';
import { findEscalation } from '#db/queries/practice/escalations';
import { DAY_MS, MINUTE_MS } from '#domain/time/duration';
import { escalateDue } from '#server/acts/practice/escalate';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { type Manner, startMailServer } from '#server/testing/mail-server';
import { createSender, planDeliveries } from './deliver';

const manners = new Map<string, Manner>();
const mail = await startMailServer((to) => manners.get(to) ?? 'take');
const test = openTestApp({ SMTP_URL: mail.url, MAIL_FROM: 'Larkfield <post@larkfield.example>' });
const { clock } = test;
const worker = { clock: () => clock.nowMs, signal: new AbortController().signal };
let cast: Cast;

beforeAll(() => () => mail.stop());

/** The lead and a colleague have addresses of their own; nobody covers. */
beforeEach(async () => {
  clock.nowMs += 4 * DAY_MS;
  manners.clear();
  cast = await makeCast(test.app);
  await test.app.database.write(function* (d) {
    yield* setEmail(d, { userId: cast.mira.userId, email: address('lead') });
    yield* setEmail(d, { userId: cast.colleague.userId, email: address('colleague') });
  });
});

const address = (name: string) => `${name}.${cast.clinicId.slice(-12)}@larkfield.example`;
const scope = () => ({ clinicId: cast.clinicId, patientId: cast.ana.patientId });
const toldTo = async ({ userId }: { userId: string }) =>
  (await test.app.database.read((d) => listNotices(d, { userId, before: null, limit: 20 }))).map(({ kind }) => kind);

async function anaSaysItHurts(): Promise<string> {
  const said = { occasion: 'it_hurts', place: 'today', subjectId: null, lineageId: null, pain: null } as const;
  const check = { opId: uuidv7(), checkId: uuidv7(), ...said, redFlags: null, shown: null, saidAt: clock.nowMs };
  await (await test.as(cast.ana.userId)).symptoms.say(check);
  const [flag] = await (await test.as(cast.mira.userId)).flags.open({ patientId: cast.ana.patientId });
  return flag?.id ?? '';
}

const due = async (flagId: string) =>
  (await test.app.database.read((d) => findEscalation(d, { ...scope(), flagId })))?.nextAt;

/** As the loops of the process do. */
async function turn(afterMs = 0) {
  clock.nowMs += afterMs;
  await planDeliveries(test.app, worker);
  await createSender(test.app, { channel: 'email', isUrgent: true, senders: 1 })(worker);
  await escalateDue(test.app, clock.nowMs);
}

describe('a red answer whose lead cannot be reached', () => {
  it('goes on at once where the address is refused', async () => {
    manners.set(address('lead'), 'refuse');
    await anaSaysItHurts();
    await turn();
    expect(await toldTo(cast.colleague)).toEqual(['flag_escalated']);
    await turn();
    const letters = mail.received.filter(({ to }) => to === address('colleague'));
    expect(letters).toHaveLength(1);
    expect(letters[0]?.raw).toContain('Urgent: someone needs a look');
    expect(letters[0]?.raw).not.toMatch(/Ana|Duarte|pain|hurts/i);
  });

  it('goes on at once where the lead has no address', async () => {
    await test.app.database.write((d) => setEmail(d, { userId: cast.mira.userId, email: null }));
    await anaSaysItHurts();
    await turn();
    expect(await toldTo(cast.colleague)).toEqual(['flag_escalated']);
  });

  it('waits its time where the letter arrives, and where somebody has it', async () => {
    const flagId = await anaSaysItHurts();
    await turn();
    expect(await due(flagId)).toBe(clock.nowMs + 30 * MINUTE_MS);
    expect(await toldTo(cast.colleague)).toEqual([]);
    await (await test.as(cast.mira.userId)).flags.take({ patientId: cast.ana.patientId, flagId });
    manners.set(address('lead'), 'refuse');
    await turn(MINUTE_MS);
    expect(await due(flagId)).toBeNull();
    expect(await toldTo(cast.colleague)).toEqual([]);
  });
});
