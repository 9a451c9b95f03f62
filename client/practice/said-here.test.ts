import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { type Log, logFromPrescription } from '#domain/practice/log';
import { hereFrom } from './said-here';

const AT = Date.parse('2026-11-24T23:30:00Z');
const ZONE = 'Europe/Helsinki';

function aLog(over: Partial<Log> = {}): Log {
  const made = logFromPrescription({
    id: uuidv7(),
    practiceId: null,
    prescription: {
      id: uuidv7(),
      lineageId: uuidv7(),
      programVersionId: uuidv7(),
      dose: {
        sets: 1,
        repsMin: 5,
        repsMax: 5,
        holdSeconds: 0,
        restSeconds: 0,
        tempo: { closeSeconds: 1, holdSeconds: 0, openSeconds: 1 },
        load: { kind: 'none', brand: null, level: null, kgf: null, percent: null },
        effortTarget: null,
        painLimit: null,
        schedule: { v: 1, kind: 'per_day', times: 1, days: null },
      },
    },
    performedAt: AT,
    performedTimeZone: ZONE,
    source: 'quick',
  });
  return { ...made, pain: 7, saidAt: AT + 1000, shown: { zone: 'red', policyVersion: 1 }, ...over };
}

const sitting = (log: Log, parked: string | null = null) => ({
  kind: 'log',
  parked,
  input: { opId: uuidv7(), practice: { slot: 2, startedAt: AT - 1000, painBefore: 3 }, logs: [log] },
});

const check = (over: object = {}, kind = 'symptoms') => ({
  kind,
  parked: null,
  input: {
    opId: uuidv7(),
    checkId: uuidv7(),
    occasion: 'it_hurts',
    place: 'today',
    subjectId: null,
    lineageId: null,
    saidAt: AT,
    pain: null,
    redFlags: null,
    shown: { zone: 'red', policyVersion: 1 },
    ...over,
  },
});

const from = (...items: Parameters<typeof hereFrom>[0]) => hereFrom(items, ZONE);

describe('what waits on a device', () => {
  it('a log counts on the day of the person, says what it means, and what was usual before it', () => {
    const log = aLog();
    const here = from(sitting(log));
    expect(here.logs).toMatchObject([{ id: log.id, localOn: '2026-11-25', slot: 2, pain: 7 }]);
    expect(here.said).toMatchObject([{ sourceId: log.id, lineageId: log.lineageId, zone: 'red', saidAt: AT + 1000 }]);
    expect(here.painsBefore).toMatchObject([{ startedAt: AT - 1000, painBefore: 3 }]);
    expect(here.amended).toEqual([]);
  });

  it('a log that says nothing of what was shown makes no stop of its own', () => {
    const { shown: _, ...log } = aLog();
    expect(from(sitting(log)).said).toEqual([]);
  });

  it('a correction takes back what it corrects, at the time of saying', () => {
    const before = uuidv7();
    const log = aLog({ supersedesId: before, correctionReason: 'slip' });
    expect(from(sitting(log)).amended).toEqual([{ kind: 'slip', sourceId: before, saidAt: AT + 1000 }]);
  });

  it('what the server refused is no log and takes nothing back, and its pain holds all the same', () => {
    const log = aLog({ supersedesId: uuidv7(), correctionReason: 'slip' });
    const here = from(sitting(log, 'conflict'));
    expect(here.logs).toEqual([]);
    expect(here.amended).toEqual([]);
    expect(here.said).toHaveLength(1);
  });

  it('"It hurts" says so with its occasion; a morning is a morning, before practice too', () => {
    expect(from(check()).said).toMatchObject([{ rule: 'it_hurts', zone: 'red', lineageId: null }]);
    expect(from(check()).mornings).toEqual([]);
    for (const occasion of ['morning', 'before_practice'])
      expect(from(check({ occasion, pain: 1 })).mornings).toEqual([{ localOn: '2026-11-25', saidAt: AT, pain: 1 }]);
  });

  it('its number and its slip follow it', () => {
    const checkId = uuidv7();
    const amended = (change: object) => ({
      kind: 'symptoms_amended',
      parked: null,
      input: { opId: uuidv7(), checkId, saidAt: AT, change },
    });
    const shown = { zone: 'urgent', policyVersion: 1 };
    expect(from(amended({ kind: 'pain', pain: 9, shown })).amended).toEqual([
      { kind: 'pain', sourceId: checkId, saidAt: AT, pain: 9, zone: 'urgent' },
    ]);
    expect(from(amended({ kind: 'slip', pain: null, shown: null })).amended).toEqual([
      { kind: 'slip', sourceId: checkId, saidAt: AT },
    ]);
  });

  it('a check-in and a press in a visit stop as well', () => {
    const [checkInId, opId] = [uuidv7(), uuidv7()];
    const answers = { v: 2, pain: 2, redFlags: ['infection'] };
    const shown = { zone: 'urgent', policyVersion: 1 };
    const checkIn = { checkInId, lineageId: null, answers, submittedAt: AT, shown };
    expect(from({ kind: 'check_in', parked: null, input: checkIn }).said).toMatchObject([
      { sourceId: checkInId, zone: 'urgent', redFlags: ['infection'] },
    ]);
    const press = { visitId: uuidv7(), opId, saidAt: AT };
    expect(from({ kind: 'it_hurts', parked: null, input: press }).said).toMatchObject([
      { sourceId: opId, zone: 'red', lineageId: null },
    ]);
  });

  it('what another build queued and this one cannot read says nothing, and breaks nothing', () => {
    for (const kind of ['log', 'symptoms', 'symptoms_amended', 'check_in', 'it_hurts', 'annotation', 'of_tomorrow'])
      for (const input of [null, {}, { logs: 'x' }]) expect(from({ kind, parked: null, input })).toEqual(from());
  });

  it('of a removed log counts nothing, and what it said of pain holds all the same', () => {
    const log = aLog();
    const removal = { opId: uuidv7(), logId: log.id, reason: 'not_done', saidAt: AT + 5000 };
    const here = hereFrom([sitting(log), { kind: 'log_removed', parked: null, input: removal }], ZONE);
    expect(here.removed).toEqual([log.id]);
    expect(here.painsBefore).toEqual([]);
    expect(here.said).toMatchObject([{ sourceId: log.id, pain: 7 }]);
    // What the clinic refused to remove is not removed.
    const refused = hereFrom([sitting(log), { kind: 'log_removed', parked: 'not_found', input: removal }], ZONE);
    expect(refused).toMatchObject({ removed: [], painsBefore: [{ painBefore: 3 }] });
  });
});
