import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { insertAccess, insertAudit } from '#db/queries/clinic/audit';
import { findStanding, type PatientStanding } from '#db/queries/people/access';
import { notFound } from '#domain/input/failure';
import type { LiveTopic } from '#domain/input/live-event';
import { can, type Policy, ruleOf } from '#domain/people/access';
import { type DeviceClock, type Righted, rightClock } from '#domain/time/device-clock';
import type { Actor } from '#server/auth/gate';
import { writeCounted } from './counted-acts';
import type { AddressedEvent } from './live';
import { type AppProcess, afterwards } from './process';

/** What one run of a body knows and collects. A retried body starts with a new one, so nothing is counted twice. */
export type UnitOfWork = {
  readonly nowMs: number;
  /** What puts the times of one report of a device right; see `domain/time/device-clock.ts`. After `patient`. */
  rightClock(report: { times: readonly number[]; clock: DeviceClock | undefined }): (time: number) => Righted;
  /** Proves that the actor may reach the patient under the procedure's policy, or throws NOT_FOUND. */
  patient(patientId: string): Body<PatientStanding>;
  /** Names the row that is changed, for the audit trail. */
  about(subjectId: string): void;
  /** Names whose record it is where no relation was asked for, such as joining a care team, for the audit trail; proves nothing. */
  ofPatient(patientId: string): void;
  /** Names the clinic where nobody is signed in yet, such as accepting an invite. */
  inClinic(clinicId: string): void;
  /** Tells listeners after commit that something changed. */
  tell(topic: LiveTopic, id: string, to?: { patientId?: string; userId?: string }): void;
};

/** A body as `ctx.read`, `ctx.write` and `runAsServer` run it. */
export type WorkBody<T> = (d: Db, work: UnitOfWork) => Body<T>;

/** What runs a body as one transaction: `ctx.read` or `ctx.write` of a procedure, `runAsServer` of a job. */
export type RunWork = <T>(body: WorkBody<T>) => Promise<T>;

type Collected = {
  standing: PatientStanding | null;
  subjectId: string | null;
  patientId: string | null;
  clinicId: string | null;
  events: AddressedEvent[];
};

type Started = { work: UnitOfWork; collected: Collected };

/** `trail`: `counted` where one act says little, such as a stroke: one audit row, then how many more came. */
export type Trail = 'each' | 'counted';

type WorkSource = {
  app: AppProcess;
  actor: Actor | null;
  policy: Policy;
  trail: Trail;
  clock: () => number;
  /** Our clock − that of the device, as the request says it; null where it does not. */
  sendingOffsetMs: number | null;
};

/** `act` is the name that the audit trail keeps; null where the server only follows up what a person did. */
type ServerSource = { act: string | null; nowMs: number; clinicId?: string };

function startWork(
  { nowMs, clinicId, sendingOffsetMs }: { nowMs: number; clinicId: string | null; sendingOffsetMs: number | null },
  prove: (patientId: string) => Body<PatientStanding>,
): Started {
  const collected: Collected = { standing: null, subjectId: null, patientId: null, clinicId, events: [] };
  const work: UnitOfWork = {
    nowMs,
    rightClock(report) {
      return rightClock({ ...report, sendingOffsetMs, sinceMs: collected.standing?.since ?? 0, nowMs });
    },
    *patient(patientId) {
      collected.standing = yield* prove(patientId);
      return collected.standing;
    },
    about(subjectId) {
      collected.subjectId = subjectId;
    },
    ofPatient(patientId) {
      collected.patientId = patientId;
    },
    inClinic(named) {
      collected.clinicId = named;
    },
    tell(topic, id, to = {}) {
      if (collected.clinicId === null) throw new Error('an event needs a clinic');
      collected.events.push({
        event: { topic, id },
        clinicId: collected.clinicId,
        patientId: to.patientId ?? null,
        userId: to.userId ?? null,
      });
    },
  };
  return { work, collected };
}

function startFor({ actor, policy, sendingOffsetMs }: WorkSource, d: Db, nowMs: number): Started {
  const by = { nowMs, clinicId: actor?.clinicId ?? null, sendingOffsetMs };
  return startWork(by, function* (patientId) {
    if (!actor) throw notFound();
    const standing = yield* findStanding(d, { clinicId: actor.clinicId, patientId, userId: actor.userId, nowMs });
    if (!standing || !can(policy, standing)) throw notFound();
    return standing;
  });
}

/** A procedure about a patient that never asked whether it may is a defect, not a refusal. */
function assertDecided(policy: Policy, collected: Collected): void {
  if (ruleOf(policy).on === 'patient' && collected.standing === null) throw new Error(`${policy} was never decided`);
}

/** Runs a body that only reads; who read whose record is written down after the answer. */
export async function runRead<T>(source: WorkSource, body: WorkBody<T>): Promise<T> {
  const { app, actor, policy, clock } = source;
  const nowMs = clock();
  const { result, collected } = await app.database.read(function* (d) {
    const { work, collected } = startFor(source, d, nowMs);
    const result = yield* body(d, work);
    assertDecided(policy, collected);
    return { result, collected };
  });
  const patientId = collected.standing?.scope.patientId ?? collected.patientId;
  if (actor && patientId) {
    const row = {
      clinicId: actor.clinicId,
      actorId: actor.userId,
      sessionId: actor.sessionId,
      policy,
      patientId,
      nowMs,
    };
    afterwards(app, 'access row', () => app.database.write((d) => insertAccess(d, { id: uuidv7(), ...row })));
  }
  return result;
}

type AuditBy = {
  id: string;
  actorId: string | null;
  sessionId: string | null;
  act: string | null;
  trail: Trail;
  nowMs: number;
};

/** One transaction of a body and its audit row, then the events. Where no clinic was named there is no trail to write. */
async function commit<T>(
  app: AppProcess,
  by: AuditBy,
  body: (d: Db) => Body<{ result: T; collected: Collected }>,
): Promise<T> {
  const { result, events } = await app.database.write(function* (d) {
    const { result, collected } = yield* body(d);
    const { clinicId, standing, subjectId, events } = collected;
    const { act, trail, id, nowMs, ...who } = by;
    if (clinicId !== null && act !== null) {
      const patientId = standing?.scope.patientId ?? collected.patientId;
      const row = { ...who, act, clinicId, patientId, subjectId, outcome: 'done' as const };
      if (trail === 'counted') yield* writeCounted(d, row, nowMs);
      else yield* insertAudit(d, { id, ...row, nowMs });
    }
    return { result, events };
  });
  app.live.publish(events);
  return result;
}

/** Runs a body as one transaction together with its audit row, then tells listeners. */
export async function runWrite<T>(source: WorkSource, body: WorkBody<T>): Promise<T> {
  const { app, actor, policy, trail, clock } = source;
  const nowMs = clock();
  const by = {
    id: uuidv7(),
    actorId: actor?.userId ?? null,
    sessionId: actor?.sessionId ?? null,
    act: policy,
    trail,
    nowMs,
  };
  return await commit(app, by, function* (d) {
    const { work, collected } = startFor(source, d, nowMs);
    const result = yield* body(d, work);
    assertDecided(policy, collected);
    return { result, collected };
  });
}

/**
 * Runs an act for a job or the command line: one transaction, its audit row by nobody, events after the commit. Without
 * a `clinicId` the act names the clinic itself; where it names none, nothing was done and no row is written.
 */
export function runAsServer<T>(app: AppProcess, source: ServerSource, body: WorkBody<T>): Promise<T> {
  const { act, nowMs, clinicId = null } = source;
  return commit(app, { id: uuidv7(), actorId: null, sessionId: null, act, trail: 'each', nowMs }, function* (d) {
    const source = { nowMs, clinicId, sendingOffsetMs: null };
    // biome-ignore lint/correctness/useYield: there is nobody whose relation could be looked up.
    const { work, collected } = startWork(source, function* (): Body<PatientStanding> {
      throw new Error(
        `${act ?? 'the server'} has no actor: it is given the patient's scope and cannot ask for a relation`,
      );
    });
    return { result: yield* body(d, work), collected };
  });
}
