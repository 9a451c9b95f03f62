import { DAY_MS, MINUTE_MS } from '#domain/time/duration';
import type { VisitMode, VisitState } from './lifecycle';

/** So long after its planned end a visit that nobody opened did not take place. Engineering default. */
const MISSED_AFTER_MS = 15 * MINUTE_MS;
/** Later than this it is told to nobody any more: a server that was down makes up for nothing. */
export const MISSED_LATE_MS = 7 * DAY_MS;

type Timed = { startsAt: number; durationMinutes: number };

/** When it is looked at whether a visit was held, epoch ms. */
export const lookedAt = ({ startsAt, durationMinutes }: Timed): number =>
  startsAt + durationMinutes * MINUTE_MS + MISSED_AFTER_MS;

type Planned = Timed & { state: VisitState; kind: string; mode: VisitMode };

/**
 * Did a planned visit not take place, as far as the app can know? Of one that is held by phone or at the clinic it knows
 * nothing: there staff say so.
 */
export function isMissed(visit: Planned, nowMs: number): boolean {
  return visit.state === 'scheduled' && visit.kind !== 'now' && visit.mode === 'video' && nowMs >= lookedAt(visit);
}

type Missed = { id: string; startsAt: number; clinicianId: string; patientUserId: string | null; hasWaited: boolean };
export type MissedNews = { userId: string; kind: string; eventKey: string };

/** Kinds of notices about a visit that did not take place. Stored names. */
export const MISSED_KINDS = ['visit_missed', 'visit_nobody_came', 'visit_not_held'] as const;

/**
 * Whom to tell that a visit did not take place, once for each time that it had. Nobody is blamed: to a patient who waited
 * the clinic is sorry, and nobody is told of anybody that they did not come.
 */
export function missedNews({ id, startsAt, clinicianId, patientUserId, hasWaited }: Missed): MissedNews[] {
  const eventKey = `visit:${id}:missed:${startsAt}`;
  const staff = { userId: clinicianId, kind: 'visit_not_held', eventKey };
  if (patientUserId === null) return [staff];
  return [{ userId: patientUserId, kind: hasWaited ? 'visit_nobody_came' : 'visit_missed', eventKey }, staff];
}
