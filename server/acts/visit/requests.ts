import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { Body, Db } from '#db/body';
import { insertNotice, markSubjectReadByAll } from '#db/queries/contact/notices';
import { findOpenEpisode } from '#db/queries/people/patients';
import {
  countOpenRequests,
  decideRequest,
  findRequest,
  insertRequest,
  listOpenRequests,
  type RequestRow,
} from '#db/queries/visit/appointments';
import { reachOf } from '#db/reach';
import type { PatientScope } from '#db/scope';
import { Failure, notFound } from '#domain/input/failure';
import { placeAfter } from '#domain/input/page';
import { type askSchema, type declineSchema, type grantSchema, REQUESTS_MAX } from '#domain/visit/appointment';
import { offeredType, typeOf } from '#domain/visit/appointment-settings';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { type FoundVisit, requireVisit } from './access';
import { loadRules, requireAgreed, requireClinicianOf } from './own-appointments';
import { rescheduleVisit } from './reschedule';
import { scheduleVisit } from './schedule';
import { tellClinician, tellOfColleague } from './staff-notices';

type Actor = { clinicId: string; userId: string };

const tellRequest = (work: UnitOfWork, { id, patientId }: Pick<RequestRow, 'id' | 'patientId'>) =>
  work.tell('visit', id, { patientId });

type Ask = Omit<z.output<typeof askSchema>, 'visitId'> & { scope: PatientScope; found: FoundVisit | null };

/**
 * A patient asks for a visit, or for another time of one. CONFLICT `asked_already` where that visit is asked about,
 * `asks_enough` where three wait; the same press once more is the same request.
 */
export function* askFor(d: Db, work: UnitOfWork, { scope, found, requestId, ...asked }: Ask) {
  const { clinicianId, typeId, wishes, words, purpose, interpreter, helperWanted = false } = asked;
  yield* requireClinicianOf(d, work, { scope, clinicianId });
  yield* requireAgreed(d, scope);
  const before = yield* findRequest(d, { ...scope, requestId });
  if (before && before.patientId !== scope.patientId) throw notFound();
  if (before) return { requestId };
  const type = offeredType(yield* loadRules(d, scope), typeId);
  const visit = found?.visit ?? null;
  if (visit ? visit.state !== 'scheduled' : !type) throw notFound();
  if (wishes.length === 0 && !words?.trim()) throw new Failure('BAD_REQUEST', 'when_it_suits');
  const episode = yield* findOpenEpisode(d, scope);
  if (!episode) throw new Failure('BAD_REQUEST', 'no_open_episode');
  if ((yield* countOpenRequests(d, scope)) >= REQUESTS_MAX) throw new Failure('CONFLICT', 'asks_enough');
  const isNew = yield* insertRequest(d, {
    id: requestId,
    ...scope,
    ...{ episodeId: episode.id, clinicianId, visitId: visit?.id ?? null, typeId: visit?.typeId ?? type?.id ?? null },
    mode: asked.mode ?? visit?.mode ?? type?.mode ?? 'video',
    wishes: [...new Set(wishes)].sort((a, b) => a - b),
    ...{
      words: words?.trim() || null,
      purpose: purpose?.trim() || null,
      interpreter: interpreter ?? null,
      helperWanted,
    },
    ...{ state: 'open', createdAt: work.nowMs },
  });
  if (!isNew) throw new Failure('CONFLICT', 'asked_already');
  const news = { clinicId: scope.clinicId, userId: clinicianId, subjectId: requestId };
  yield* tellClinician(d, work, { ...news, kind: 'visit_asked', once: 'asked' });
  work.about(requestId);
  tellRequest(work, { id: requestId, patientId: scope.patientId });
  return { requestId };
}

/** The request with the proof that the actor reaches its patient; strangers and unknown ids look alike. */
function* requireRequest(d: Db, work: UnitOfWork, { clinicId }: { clinicId: string }, requestId: string) {
  const request = yield* findRequest(d, { clinicId, requestId });
  if (!request) throw notFound();
  const standing = yield* work.patient(request.patientId);
  work.about(requestId);
  return { request, standing };
}

type Decision = { state: RequestRow['state']; bookedId?: string; answer?: string; by: string };

/** CONFLICT `changed_meanwhile` where somebody settled it first. What was said of it to clinicians is no news any more. */
function* settle(d: Db, work: UnitOfWork, request: RequestRow, { state, bookedId, answer, by }: Decision): Body<void> {
  const decided = { state, bookedId: bookedId ?? null, answer: answer ?? null, decidedAt: work.nowMs, decidedBy: by };
  if (!(yield* decideRequest(d, { requestId: request.id, decided })))
    throw new Failure('CONFLICT', 'changed_meanwhile');
  const { clinicId, id: subjectId } = request;
  for (const userId of yield* markSubjectReadByAll(d, { clinicId, subjectId, nowMs: work.nowMs }))
    work.tell('notice', subjectId, { userId });
  tellRequest(work, request);
}

type Withdraw = { actor: Actor; requestId: string };

export function* withdrawRequest(d: Db, work: UnitOfWork, { actor, requestId }: Withdraw) {
  const { request } = yield* requireRequest(d, work, actor, requestId);
  if (request.state === 'withdrawn') return { state: request.state };
  yield* settle(d, work, request, { state: 'withdrawn', by: actor.userId });
  return { state: 'withdrawn' as const };
}

type Grant = z.output<typeof grantSchema> & { actor: Actor };

/** The clinic gives a request its time: a new visit, or the visit's new time. The patient learns of it as of any. */
export function* grantRequest(d: Db, work: UnitOfWork, { actor, requestId, startsAt, ...given }: Grant) {
  const { request, standing } = yield* requireRequest(d, work, actor, requestId);
  if (request.state === 'booked' && request.bookedId) return { visitId: request.bookedId };
  if (request.state !== 'open') throw new Failure('CONFLICT', 'changed_meanwhile');
  const isWished = request.wishes.includes(startsAt);
  const { durationMinutes, mode, timeZone } = given;
  const visitId = request.visitId ?? uuidv7();
  if (request.visitId) {
    const found = yield* requireVisit(d, work, actor, request.visitId);
    const { sequence } = found.visit;
    yield* rescheduleVisit(d, work, {
      ...{ ...found, startsAt, durationMinutes, sequence, timeZone, byPatient: isWished, by: actor.userId },
    });
  } else {
    const { clinicianId, typeId, purpose, interpreter, helperWanted } = request;
    const kind = typeOf(yield* loadRules(d, standing.scope), typeId)?.kind ?? 'review';
    yield* scheduleVisit(d, work, {
      ...{ scope: standing.scope, visitId, clinicianId, startsAt, durationMinutes, mode, kind, typeId, timeZone },
      ...{ purpose, interpreter, helperWanted, acceptedAt: isWished ? work.nowMs : undefined },
    });
    const visit = { id: visitId, clinicianId };
    yield* tellOfColleague(d, work, { clinicId: actor.clinicId, visit, by: actor.userId, once: 'given' });
  }
  yield* settle(d, work, request, { state: 'booked', bookedId: visitId, by: actor.userId });
  return { visitId };
}

type Decline = z.output<typeof declineSchema> & { actor: Actor };

/** The clinic has no time for it, and says so in words that the patient reads. */
export function* declineRequest(d: Db, work: UnitOfWork, { actor, requestId, answer }: Decline) {
  const { request, standing } = yield* requireRequest(d, work, actor, requestId);
  if (request.state === 'declined') return { state: request.state };
  yield* settle(d, work, request, { state: 'declined', answer, by: actor.userId });
  if (standing.userId) {
    const about = { kind: 'visit_declined', subjectId: requestId, eventKey: `visit_declined:${requestId}` };
    const { clinicId } = standing.scope;
    yield* insertNotice(d, { id: uuidv7(), clinicId, userId: standing.userId, ...about, createdAt: work.nowMs });
    work.tell('notice', requestId, { userId: standing.userId });
  }
  return { state: 'declined' as const };
}

const REQUESTS_PER_PAGE = 20;

/** What one's patients ask for, who waits longest first. */
export function* readRequests(
  d: Db,
  { nowMs }: UnitOfWork,
  { clinicId, userId, after }: Actor & { after: { at: number; id: string } | null },
) {
  const reach = yield* reachOf(d, { clinicId, userId, nowMs });
  const requests = yield* listOpenRequests(d, { ...reach, after, limit: REQUESTS_PER_PAGE });
  const nextCursor = placeAfter(requests, REQUESTS_PER_PAGE, ({ createdAt, id }) => ({ at: createdAt, id }));
  return { requests, nextCursor };
}
