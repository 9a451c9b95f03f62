import type { SizedClinic } from '../db/factories/clinic-of-size';
import { MADE_AT } from '../db/factories/people';
import { DAY_MS } from '../domain/time/duration';
import type { createCaller } from '../server/routers/app';

type Caller = ReturnType<typeof createCaller>;

type Screen = (n: number) => Promise<unknown>;

/** What each screen asks for, as it asks; the number picks another patient each time. */
export async function screensOf(
  clinic: SizedClinic,
  as: (userId: string) => Promise<Caller>,
): Promise<Record<string, Screen>> {
  const [ofAll, of300, of20] = [await as(clinic.ofAll), await as(clinic.of300), await as(clinic.of20)];
  const admin = await as(clinic.admin);
  const nth = (n: number) => {
    const patient = clinic.patients[(n * 37) % clinic.patients.length];
    if (!patient) throw new Error('the clinic has patients');
    return patient;
  };
  const selves = await Promise.all(Array.from({ length: 10 }, (_, n) => as(nth(n).userId)));
  const self = (n: number) => selves[n % selves.length] ?? of20;
  const week = { fromMs: MADE_AT, untilMs: MADE_AT + 7 * DAY_MS };
  const cursor = (await ofAll.caseload.mine({ search: '' })).nextCursor;
  const queueCursor = (await of20.reviews.queue({})).nextCursor;
  return {
    'caseload of 20': () => of20.caseload.mine({ search: '' }),
    'caseload of 300 (of everybody in a tenth)': () => of300.caseload.mine({ search: '' }),
    'caseload of everybody': () => ofAll.caseload.mine({ search: '' }),
    'caseload of everybody, next page': () => ofAll.caseload.mine({ search: '', cursor }),
    'caseload counts': () => of20.caseload.counts(),
    record: (n) => readRecord(ofAll, nth(n).patientId),
    program: (n) => ofAll.programs.get({ programId: nth(n).programId }),
    measurements: (n) => readMeasurements(ofAll, nth(n).patientId),
    'check-in': (n) => ofAll.checkIns.get({ checkInId: nth(n).checkInId }),
    today: (n) => self(n).practice.dayPack({ revision: null }),
    'own logs': (n) => self(n).logs.trends({ patientId: null, days: 366 }),
    'own check-ins': (n) => self(n).checkIns.mine(),
    queue: () => of20.reviews.queue({}),
    'queue, next page': () => of20.reviews.queue({ cursor: queueCursor }),
    'schedule of 20': () => of20.visits.schedulePage(week),
    'schedule of everybody': () => ofAll.visits.schedulePage(week),
    'open time of a week': () => of20.visits.calendar(week),
    'what patients ask for, of everybody': () => ofAll.appointments.requests(),
    'own visits': (n) => self(n).visits.mine(),
    'own appointments': (n) => self(n).appointments.mine(),
    'free times': (n) => self(n).appointments.freeTimes({ clinicianId: clinic.ofAll, typeId: 'review', visitId: null }),
    'messages of everybody': () => ofAll.messages.inbox({ view: 'team' }),
    'waiting now, of everybody': () => ofAll.visits.waitingNow(),
    notices: () => ofAll.notices.list(),
    'audit changes': () => admin.audit.changes({}),
    'audit changes, a later page': async () => {
      const rows = await admin.audit.changes({ cursor: { at: MADE_AT - 20 * DAY_MS, id: nth(0).patientId } });
      return rows;
    },
    'who read records': () => admin.audit.reads({}),
    'who read records, of a person': (n) => admin.audit.reads({ filter: { person: `Patient 00${10 + (n % 90)}` } }),
    'who read my record': (n) => self(n).audit.ofOwnRecord({}),
    'records of the clinic': () => admin.records.list({ search: '' }),
    'patients without a team': () => admin.patients.withoutTeam(),
    staff: () => admin.staff.list(),
    library: () => of20.exercises.list(),
  };
}

/** What the page of a hand's measures asks for. */
async function readMeasurements(caller: Caller, patientId: string): Promise<void> {
  await Promise.all([
    caller.patients.get({ patientId }),
    caller.record.measures({ patientId }),
    caller.record.testFacts({ patientId, episodeId: null }),
    caller.assessments.ofPatient({ patientId }),
    caller.restrictions.pinned({ patientId }),
    caller.programs.ofPatient({ patientId }),
    caller.account.units(),
  ]);
}

/** What the page of one patient asks for: all of it at once, as the server does for the page. */
async function readRecord(caller: Caller, patientId: string): Promise<void> {
  await Promise.all([
    caller.patients.get({ patientId }),
    caller.visits.ofPatient({ patientId }),
    caller.programs.ofPatient({ patientId }),
    caller.checkIns.ofPatient({ patientId }),
    caller.logs.trends({ patientId, days: 56 }),
    caller.logs.ofPatient({ patientId }),
    caller.flags.open({ patientId }),
    caller.flags.caution({ patientId }),
    caller.restrictions.pinned({ patientId }),
    caller.staff.list(),
  ]);
}
