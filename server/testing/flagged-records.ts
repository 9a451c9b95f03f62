import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { endCareTeam, listCareTeam } from '#db/queries/people/care-team';
import { insertEscalation } from '#db/queries/practice/escalations';
import { resolveFlag } from '#db/queries/practice/flags';
import { insertStop } from '#db/queries/practice/stops';
import { COVER_MS } from '#domain/check-in/submission';
import { logFromPrescription } from '#domain/practice/log';
import type { ActorName, World } from './access-world';
import type { TestApp } from './application';

/** What stays stopped of Ana's after its flag was closed, new each time. */
async function heldStop({ app, clock }: TestApp, world: World): Promise<string> {
  const [id, flagId] = [uuidv7(), await world.flag()];
  const scope = { clinicId: world.cast.clinicId, ...world.patient };
  const said = { rule: 'urgent_from', policyVersion: 1, saidAt: clock.nowMs, saidOn: '2026-11-20' };
  const closed = { flagId, seenBy: world.cast.mira.userId, resolution: 'x', nowMs: clock.nowMs };
  await app.database.write(function* (d) {
    yield* resolveFlag(d, { ...scope, ...closed });
    yield* insertStop(d, { id, ...scope, flagId, severity: 'urgent', ...said });
  });
  return id;
}

/** An open flag of Ana's that nobody has taken, new each time. */
async function escalatedFlag({ app, clock }: TestApp, world: World): Promise<string> {
  const flagId = await world.flag();
  const row = { flagId, clinicId: world.cast.clinicId, ...world.patient, step: 'lead' as const };
  await app.database.write((d) => insertEscalation(d, { ...row, raisedAt: clock.nowMs }));
  return flagId;
}

/** Whoever takes a flag covers Ana for a day: for the rows after this one they stand as before. */
async function endCover({ app, clock: { nowMs } }: TestApp, { cast, patient }: World): Promise<void> {
  const scope = { clinicId: cast.clinicId, ...patient };
  await app.database.write(function* (d) {
    for (const { id: careTeamId, toAt } of yield* listCareTeam(d, { ...scope, nowMs }))
      if (toAt === nowMs + COVER_MS) yield* endCareTeam(d, { ...scope, careTeamId, nowMs });
  });
}

type Caller = Awaited<ReturnType<TestApp['as']>>;
type Row = { may: readonly ActorName[]; call(caller: Caller): Promise<unknown> };

const CARE_TEAM = ['clinician', 'cover'] as const;
const WITH_EMERGENCY = [...CARE_TEAM, 'emergency'] as const;

async function takeOne(caller: Caller, test: TestApp, world: World): Promise<void> {
  await caller.flags.take({ ...world.patient, flagId: await escalatedFlag(test, world) });
  await endCover(test, world);
}

/** Who logs and says what hurts, and who sees and answers Ana's flags: rows of the access matrix. */
export function flagRows(test: TestApp, world: () => World): Record<string, Row> {
  const patient = () => world().patient;
  const saidAt = test.clock.nowMs;
  const nothing = { subjectId: null, redFlags: null, shown: null };
  const morning = { occasion: 'morning' as const, place: 'today' as const, pain: 1 };
  function aLog() {
    const performed = { performedAt: saidAt, performedTimeZone: 'Europe/London', source: 'quick' as const };
    const { prescription } = world().fixed;
    return logFromPrescription({ id: uuidv7(), practiceId: null, prescription, ...performed });
  }
  return {
    'logs.record': {
      may: ['patient'],
      call: (c) => c.logs.record({ opId: uuidv7(), practice: null, logs: [aLog()] }),
    },
    'logs.remove': {
      may: ['patient'],
      call: async (c) => {
        const log = aLog();
        const ana = await test.as(world().cast.ana.userId);
        await ana.logs.record({ opId: uuidv7(), practice: null, logs: [log] });
        return await c.logs.remove({ opId: uuidv7(), logId: log.id, reason: 'twice', saidAt });
      },
    },
    'symptoms.say': {
      may: ['patient'],
      call: (c) => {
        const { lineageId } = world().fixed.prescription;
        return c.symptoms.say({ opId: uuidv7(), checkId: uuidv7(), ...nothing, ...morning, lineageId, saidAt });
      },
    },
    'symptoms.amend': {
      may: ['patient'],
      call: async (c) => {
        const change = { kind: 'slip' as const, pain: 1, shown: null };
        return c.symptoms.amend({ opId: uuidv7(), checkId: await world().check(), saidAt, change });
      },
    },
    'flags.open': { may: [...WITH_EMERGENCY, 'assistant'], call: (c) => c.flags.open(patient()) },
    'flags.caution': { may: [...WITH_EMERGENCY, 'assistant'], call: (c) => c.flags.caution(patient()) },
    'flags.note': {
      may: WITH_EMERGENCY,
      call: async (c) => c.flags.note({ ...patient(), flagId: await world().flag(), text: 'x' }),
    },
    'flags.take': {
      may: WITH_EMERGENCY,
      call: (c) => takeOne(c, test, world()),
    },
    'flags.resolve': {
      may: WITH_EMERGENCY,
      call: async (c) => c.flags.resolve({ ...patient(), flagId: await world().flag(), resolution: 'x' }),
    },
    'flags.liftStop': {
      may: CARE_TEAM,
      call: async (c) => c.flags.liftStop({ ...patient(), stopId: await heldStop(test, world()), reason: 'x' }),
    },
  };
}
