import { v7 as uuidv7 } from 'uuid';
import { beforeAll, expect, it } from 'vitest';
import { makeProgram } from '#db/factories/program';
import { seedLibrary } from '#db/seed/library';
import { judgeCorrection } from '#domain/practice/judgement';
import { correctionOf, logFromPrescription, logSchema, type Practice } from '#domain/practice/log';
import { DEFAULT_PAIN_POLICY, type Zone } from '#domain/practice/pain-policy';
import { DAY_MS, MINUTE_MS } from '#domain/time/duration';
import { localDay } from '#domain/time/local-day';
import { makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
beforeAll(() => test.app.database.write((d) => seedLibrary(d, { nowMs: test.clock.nowMs })));

/** A patient who practises; `corrected`: what the phone finds of a newly said pain, and what the clinic does. */
async function someone() {
  const { clinicId, mira, ana, other } = await makeCast(test.app);
  const spec = { clinicId, patientId: ana.patientId, episodeId: ana.episodeId, publishedBy: mira.userId };
  const { versionId: programVersionId, prescriptions } = await test.app.database.write((d) =>
    makeProgram(d, {
      ...spec,
      exercises: [{ slug: 'tendon-glides' }],
      at: test.clock.nowMs - 90 * DAY_MS,
      on: '2026-08-01',
    }),
  );
  const made = prescriptions[0];
  if (!made) throw new Error('the program has its exercise');
  const { id, lineageId, dose } = made;
  const prescription = { id, lineageId, programVersionId, dose };
  const phone = await test.as(ana.userId);

  async function practise(daysAgo: number, painBefore: number | null, pain: number): Promise<string> {
    const startedAt = test.clock.nowMs - daysAgo * DAY_MS;
    const endedAt = startedAt + 10 * MINUTE_MS;
    const practiceId = uuidv7();
    const [slot, painAfter, effort, device] = [null, null, null, null];
    const at = { id: practiceId, localOn: localDay(endedAt, 'Europe/London'), startedAt, endedAt };
    const practice: Practice = { ...at, slot, painBefore, painAfter, effort, device };
    const log = logFromPrescription({
      ...{ id: uuidv7(), practiceId, prescription, performedAt: endedAt },
      ...{ performedTimeZone: 'Europe/London', source: 'quick' as const },
    });
    await phone.logs.record({ opId: uuidv7(), practice, logs: [{ ...log, pain }] });
    return log.id;
  }
  async function corrected(
    logId: string,
    pain: number,
  ): Promise<{ phone: Zone | undefined; clinic: Zone | undefined }> {
    const { logs } = await phone.logs.ofPatient({ patientId: ana.patientId });
    const log = logs.find((one) => one.id === logId);
    if (!log) throw new Error('it is in the history');
    const values = { pain, saidAt: test.clock.nowMs };
    const change = { id: uuidv7(), correctionReason: 'mistyped' as const, source: log.source, values };
    const correction = correctionOf(logSchema.parse(log), change);
    // Without what the phone showed: the clinic's own answer is asked for.
    const sent = await phone.logs.record({
      opId: uuidv7(),
      practice: null,
      logs: [{ ...correction, shown: undefined }],
    });
    return { phone: judgeCorrection(DEFAULT_PAIN_POLICY, log, pain)?.zone, clinic: sent.zones[0] };
  }
  return { practise, corrected, patientId: ana.patientId, stranger: await test.as(other.userId) };
}

it.each<{ what: string; before: [number, number | null][]; own: number; to: number; zone: Zone }>([
  { what: 'no history, 1 before it, now 4', before: [], own: 1, to: 4, zone: 'amber' },
  { what: 'usually 1, 4 before it, now 4', before: [[2, 1]], own: 4, to: 4, zone: 'red' },
  { what: 'usually 3, 0 before it, now 4', before: [[2, 3]], own: 0, to: 4, zone: 'amber' },
  { what: 'usually 1, but more than thirty days before', before: [[40, 1]], own: 4, to: 4, zone: 'amber' },
])('$what: a correction is $zone, on the phone and at the clinic', async ({ before, own, to, zone }) => {
  const { practise, corrected } = await someone();
  for (const [daysAgo, pain] of before) await practise(daysAgo, pain, 0);
  const logId = await practise(0.5, own, 2);
  expect(await corrected(logId, to)).toEqual({ phone: zone, clinic: zone });
});

it('of a log long past is compared with what was usual then, and not with what was said since', async () => {
  const { practise, corrected } = await someone();
  await practise(52, 1, 0);
  const logId = await practise(50, 4, 2);
  for (const daysAgo of [48, 20, 3]) await practise(daysAgo, 5, 3);
  expect(await corrected(logId, 4)).toEqual({ phone: 'red', clinic: 'red' });
});

it('what was usual is shown to nobody who may not read the history', async () => {
  const { patientId, stranger } = await someone();
  await expect(stranger.logs.ofPatient({ patientId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
