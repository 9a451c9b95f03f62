import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { insertRequest } from '#db/queries/visit/appointments';
import { DAY_MS, HOUR_MS } from '#domain/time/duration';
import type { ActorName, World } from './access-world';
import type { Cast, TestApp } from './application';

type Caller = Awaited<ReturnType<TestApp['as']>>;
type Row = { may: readonly ActorName[]; call(caller: Caller): Promise<unknown> };

const CARE_TEAM = ['clinician', 'cover'] as const;
const CLINICIANS = [...CARE_TEAM, 'colleague', 'emergency', 'exMember', 'outsider'] as const;
const HAVE_A_RECORD = ['patient', 'otherPatient', 'outsiderPatient', 'caregiver', 'expiredCaregiver'] as const;
/** A count that no visit has: who may is told of the conflict, and nothing changes. */
const NEVER = 99;

const later = (test: TestApp) => test.clock.nowMs + 30 * DAY_MS;
const visitOf = async (world: World) => ({ visitId: (await world.visit()).visitId });

/** Who takes, moves and asks for visits: rows of the access matrix. */
function byPatients(test: TestApp, world: () => World): Record<string, Row> {
  const visit = () => visitOf(world());
  const withMira = () => ({ clinicianId: world().cast.mira.userId, typeId: 'review' });
  const request = async () => ({ requestId: await ask(test, world().cast) });
  return {
    'appointments.mine': { may: HAVE_A_RECORD, call: (c) => c.appointments.mine() },
    'appointments.freeTimes': {
      may: ['patient'],
      call: (c) => c.appointments.freeTimes({ ...withMira(), visitId: null }),
    },
    'appointments.book': {
      may: ['patient'],
      call: (c) => c.appointments.book({ ...withMira(), visitId: uuidv7(), startsAt: later(test) }),
    },
    'appointments.ask': {
      may: ['patient'],
      call: (c) =>
        c.appointments.ask({ ...withMira(), requestId: uuidv7(), visitId: null, wishes: [], words: 'Mornings' }),
    },
    'appointments.move': {
      may: ['patient'],
      call: async (c) => c.appointments.move({ ...(await visit()), startsAt: later(test), sequence: NEVER }),
    },
    'appointments.callOff': {
      may: ['patient'],
      call: async (c) => c.appointments.callOff({ ...(await visit()), sequence: NEVER }),
    },
    'appointments.accept': {
      may: ['patient'],
      call: async (c) => c.appointments.accept({ ...(await visit()), sequence: NEVER }),
    },
    'appointments.waitForEarlier': {
      may: ['patient'],
      call: async (c) => c.appointments.waitForEarlier({ ...(await visit()), waits: false }),
    },
    'appointments.withdraw': { may: ['patient'], call: async (c) => c.appointments.withdraw(await request()) },
  };
}

/** Who answers what is asked, moves and holds visits: rows of the access matrix. */
function byClinicians(test: TestApp, world: () => World): Record<string, Row> {
  const visit = () => visitOf(world());
  const request = async () => ({ requestId: await ask(test, world().cast) });
  /** Each time another one, so that none stands in another's way. */
  let given = 0;
  return {
    'appointments.requests': { may: CLINICIANS, call: (c) => c.appointments.requests() },
    'appointments.grant': {
      may: CARE_TEAM,
      call: async (c) => {
        const time = { startsAt: later(test) + given++ * HOUR_MS, durationMinutes: 5, mode: 'video' as const };
        return await c.appointments.grant({ ...(await request()), ...time });
      },
    },
    'appointments.decline': {
      may: CARE_TEAM,
      call: async (c) => c.appointments.decline({ ...(await request()), answer: 'No time' }),
    },
    'visits.reschedule': {
      may: CARE_TEAM,
      call: async (c) =>
        c.visits.reschedule({ ...(await visit()), startsAt: later(test), durationMinutes: 30, sequence: NEVER }),
    },
    'visits.hold': { may: CARE_TEAM, call: async (c) => c.visits.hold(await visit()) },
  };
}

/** When a clinician holds visits is theirs to say: rows of the access matrix. */
function ofHours(test: TestApp): Record<string, Row> {
  const exception = () => ({
    ...{ id: uuidv7(), kind: 'away' as const, fromMs: later(test), untilMs: later(test) + 1, note: null },
  });
  const none = Array.from({ length: 7 }, () => []);
  const hours = { timeZone: 'Europe/London', hours: { version: NEVER, visits: none, reviews: none } };
  return {
    'appointments.hours': { may: CLINICIANS, call: (c) => c.appointments.hours() },
    'appointments.saveHours': { may: CLINICIANS, call: (c) => c.appointments.saveHours(hours) },
    'appointments.addException': { may: CLINICIANS, call: (c) => c.appointments.addException(exception()) },
    'appointments.removeException': {
      may: CLINICIANS,
      call: async (c) => {
        const made = exception();
        await c.appointments.addException(made);
        return await c.appointments.removeException({ id: made.id });
      },
    },
  };
}

/** Rows of the access matrix for all that is done about appointments. */
export function appointmentRows(test: TestApp, world: () => World): Record<string, Row> {
  return { ...byPatients(test, world), ...byClinicians(test, world), ...ofHours(test) };
}

/** A question of Ana's that nobody settled. */
async function ask(test: TestApp, { clinicId, ana, mira }: Cast): Promise<string> {
  const requestId = uuidv7();
  await test.app.database.write((d) =>
    insertRequest(d, {
      ...{ id: requestId, clinicId, patientId: ana.patientId, episodeId: ana.episodeId, clinicianId: mira.userId },
      ...{
        mode: 'video',
        wishes: [],
        words: 'Mornings',
        helperWanted: false,
        state: 'open',
        createdAt: 946_684_800_000,
      },
    }),
  );
  return requestId;
}

/** What strangers would need the ids of: a question of Ana's, and time that Mira is away. */
export async function makeAppointments(test: TestApp, cast: Cast) {
  const exceptionId = uuidv7();
  const fromMs = test.clock.nowMs + 30 * DAY_MS;
  const away = { id: exceptionId, kind: 'away' as const, fromMs, untilMs: fromMs + DAY_MS, note: 'Conference' };
  await (await test.as(cast.mira.userId)).appointments.addException(away);
  return { requestId: await ask(test, cast), exceptionId };
}

type Ids = { visitId: string; requestId: string; exceptionId: string; clinicianId: string };

/** Calls of strangers who have the right ids. */
export function strangersToAppointments(ids: () => Ids): Record<string, (caller: Caller) => Promise<unknown>> {
  const visit = () => ({ visitId: ids().visitId });
  const request = () => ({ requestId: ids().requestId });
  const withMira = () => ({ clinicianId: ids().clinicianId, typeId: 'review' });
  const startsAt = Date.UTC(2090, 0, 1);
  return {
    'appointments.freeTimes': (c) =>
      c.appointments.freeTimes({ clinicianId: ids().clinicianId, typeId: null, ...visit() }),
    'appointments.book': (c) => c.appointments.book({ ...withMira(), visitId: uuidv7(), startsAt }),
    'appointments.ask': (c) =>
      c.appointments.ask({ ...withMira(), requestId: uuidv7(), visitId: null, wishes: [], words: 'Mornings' }),
    'appointments.move': (c) => c.appointments.move({ ...visit(), startsAt, sequence: 0 }),
    'appointments.callOff': (c) => c.appointments.callOff({ ...visit(), sequence: 0 }),
    'appointments.accept': (c) => c.appointments.accept({ ...visit(), sequence: 0 }),
    'appointments.waitForEarlier': (c) => c.appointments.waitForEarlier({ ...visit(), waits: true }),
    'appointments.withdraw': (c) => c.appointments.withdraw(request()),
    'appointments.grant': (c) => c.appointments.grant({ ...request(), startsAt, durationMinutes: 30, mode: 'video' }),
    'appointments.decline': (c) => c.appointments.decline({ ...request(), answer: 'No time' }),
    'appointments.removeException': (c) => c.appointments.removeException({ id: ids().exceptionId }),
    'visits.hold': (c) => c.visits.hold(visit()),
  };
}
