import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { insertAccess, insertAudit } from '#db/queries/clinic/audit';
import { findStanding, type PatientStanding } from '#db/queries/people/access';
import { Failure, notFound } from '#domain/input/failure';
import type { LiveTopic } from '#domain/input/live-event';
import { can, type Policy, ruleOf } from '#domain/people/access';
import type { Actor } from '#server/auth/gate';
import type { AddressedEvent } from './live';
import { type AppProcess, afterwards } from './process';

/** What one run of a body knows and collects. A retried body starts with a new one, so nothing is counted twice. */
export type Act = {
  readonly nowMs: number;
  /** Proves that the actor may reach the patient under the procedure's policy, or throws NOT_FOUND. */
  patient(patientId: string): Body<PatientStanding>;
  /** Names the row the act is about, for the audit trail. */
  about(subjectId: string): void;
  /** Names the clinic of an act that starts without an actor, such as accepting an invite. */
  inClinic(clinicId: string): void;
  /** Tells listeners after commit that something changed. */
  tell(topic: LiveTopic, id: string, to?: { patientId?: string; userId?: string }): void;
};

type Collected = {
  standing: PatientStanding | null;
  subjectId: string | null;
  clinicId: string | null;
  events: AddressedEvent[];
};

export type ActSource = { app: AppProcess; actor: Actor | null; policy: Policy; clock: () => number };

function newAct({ actor, policy }: ActSource, d: Db, nowMs: number): { act: Act; collected: Collected } {
  const collected: Collected = { standing: null, subjectId: null, clinicId: actor?.clinicId ?? null, events: [] };
  const act: Act = {
    nowMs,
    *patient(patientId) {
      if (!actor) throw notFound();
      const standing = yield* findStanding(d, { clinicId: actor.clinicId, patientId, userId: actor.userId, nowMs });
      if (!standing || !can(policy, standing)) throw notFound();
      collected.standing = standing;
      return standing;
    },
    about(subjectId) {
      collected.subjectId = subjectId;
    },
    inClinic(clinicId) {
      collected.clinicId = clinicId;
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
  return { act, collected };
}

/** A procedure about a patient that never asked whether it may is a defect, not a refusal. */
function assertDecided(policy: Policy, collected: Collected): void {
  if (ruleOf(policy).on === 'patient' && collected.standing === null) throw new Error(`${policy} was never decided`);
}

/** Runs a body that only reads; who read whose record is written down after the answer. */
export async function runRead<T>(source: ActSource, body: (d: Db, act: Act) => Body<T>): Promise<T> {
  const { app, actor, policy, clock } = source;
  const nowMs = clock();
  const { result, collected } = await app.database.read(function* (d) {
    const made = newAct(source, d, nowMs);
    const result = yield* body(d, made.act);
    assertDecided(policy, made.collected);
    return { result, collected: made.collected };
  });
  const patientId = collected.standing?.scope.patientId;
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

/** Runs a body as one transaction together with its audit row, then tells listeners. */
export async function runWrite<T>(source: ActSource, body: (d: Db, act: Act) => Body<T>): Promise<T> {
  const { app, actor, policy, clock } = source;
  const nowMs = clock();
  const audit = {
    id: uuidv7(),
    actorId: actor?.userId ?? null,
    sessionId: actor?.sessionId ?? null,
    act: policy,
    nowMs,
  };
  try {
    const { result, collected } = await app.database.write(function* (d) {
      const made = newAct(source, d, nowMs);
      const result = yield* body(d, made.act);
      assertDecided(policy, made.collected);
      const { clinicId, standing, subjectId } = made.collected;
      if (clinicId !== null) {
        yield* insertAudit(d, {
          ...audit,
          clinicId,
          patientId: standing?.scope.patientId ?? null,
          subjectId,
          outcome: 'done',
        });
      }
      return { result, collected: made.collected };
    });
    app.live.publish(collected.events);
    return result;
  } catch (error) {
    if (actor && error instanceof Failure && (error.code === 'NOT_FOUND' || error.code === 'FORBIDDEN')) {
      const refused = {
        ...audit,
        clinicId: actor.clinicId,
        patientId: null,
        subjectId: null,
        outcome: 'refused' as const,
      };
      afterwards(app, 'refused act', () => app.database.write((d) => insertAudit(d, refused)));
    }
    throw error;
  }
}
