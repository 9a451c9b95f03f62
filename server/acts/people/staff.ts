import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { Body, Db } from '#db/body';
import { findTeamPatients, moveLeads, moveTeam } from '#db/queries/people/care-team';
import { insertInvite, revokePasswordLinks, revokeStaffInvite } from '#db/queries/people/invites';
import { revokeSessions } from '#db/queries/people/sessions';
import { endMembership, findMembership } from '#db/queries/people/staff';
import { Failure, notFound } from '#domain/input/failure';
import { INVITE_DAYS, type inviteStaffSchema } from '#domain/people/account';
import { DAY_MS } from '#domain/time/duration';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

type Invite = z.output<typeof inviteStaffSchema> & { clinicId: string; createdBy: string; tokenHash: string };

/** Invites somebody to work in the clinic. */
export function* inviteStaff(d: Db, work: UnitOfWork, invite: Invite): Body<{ expiresAt: number }> {
  const id = uuidv7();
  const expiresAt = work.nowMs + INVITE_DAYS * DAY_MS;
  yield* insertInvite(d, { id, kind: 'staff', ...invite, createdAt: work.nowMs, expiresAt });
  work.about(id);
  return { expiresAt };
}

/** Takes an invite back before it is used: its link stops working at once. */
export function* withdrawStaffInvite(
  d: Db,
  work: UnitOfWork,
  { clinicId, inviteId }: { clinicId: string; inviteId: string },
): Body<{ withdrawn: true }> {
  if (!(yield* revokeStaffInvite(d, { clinicId, inviteId, nowMs: work.nowMs }))) throw notFound();
  work.about(inviteId);
  return { withdrawn: true };
}

/** More names than anybody reads before they end an access; how many there are is said beside them. */
const NAMED_MAX = 50;

/** Whom somebody treats for good, to be named before their access ends. */
export function* readTreated(d: Db, of: { clinicId: string; membershipId: string }) {
  if (!(yield* findMembership(d, of))) throw notFound();
  return yield* findTeamPatients(d, { ...of, limit: NAMED_MAX });
}

type End = { clinicId: string; membershipId: string; endedBy: string; successorId: string | null };

/** Everyone whom the member treats for good goes over to the successor, who takes the same part. */
function* handOver(d: Db, work: UnitOfWork, { clinicId, membershipId, successorId }: End): Body<void> {
  const { nowMs } = work;
  const treated = yield* findTeamPatients(d, { clinicId, membershipId, limit: 0 });
  if (treated.count === 0) return;
  if (successorId === null) throw new Failure('CONFLICT', 'patients_left');
  const successor = yield* findMembership(d, { clinicId, membershipId: successorId });
  if (successor?.role !== 'clinician' || successorId === membershipId) throw notFound();
  const moved = yield* moveTeam(d, { clinicId, membershipId, to: successorId, nowMs, newId: uuidv7 });
  for (const patientId of moved) work.tell('patient', patientId, { patientId });
  yield* moveLeads(d, { clinicId, from: membershipId, to: successorId });
}

/** Ends a membership at once, after its patients went to somebody: every login of that person is signed out. */
export function* endStaff(d: Db, work: UnitOfWork, end: End): Body<{ ended: true }> {
  const { clinicId, membershipId, endedBy } = end;
  const { nowMs } = work;
  const membership = yield* findMembership(d, { clinicId, membershipId });
  if (!membership) throw notFound();
  const { userId } = membership;
  if (userId === endedBy && membership.role === 'admin') throw new Failure('CONFLICT', 'last_admin');
  yield* handOver(d, work, end);
  yield* endMembership(d, { clinicId, membershipId, nowMs });
  yield* revokeSessions(d, { userId, exceptId: null, nowMs });
  yield* revokePasswordLinks(d, { userId, nowMs });
  work.about(membershipId);
  work.tell('session', userId, { userId });
  return { ended: true };
}
