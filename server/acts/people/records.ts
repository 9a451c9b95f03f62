import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { findDeadAddress } from '#db/queries/contact/person';
import { findShownLock } from '#db/queries/people/erasures';
import { revokePasswordLinks } from '#db/queries/people/invites';
import { listRecordNames } from '#db/queries/people/patients';
import {
  findOpenHold,
  findRecord,
  insertHold,
  liftHold,
  listHolds,
  listRecords,
  revokeSessionsIn,
  setLoginEnded,
} from '#db/queries/people/records';
import { findBackupsEnd } from '#db/queries/runtime/store';
import type { PatientScope } from '#db/scope';
import { Failure, notFound } from '#domain/input/failure';
import { byName, pageByName } from '#domain/people/by-name';
import type { RecordsQuery } from '#domain/people/keeping-records';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { readErasableFrom } from './keeping-term';

const PAGE = 50;

type Scoped = { scope: PatientScope };

/** A page of the clinic's records by name, for whoever keeps them. No clinical content. */
export function* readRecords(d: Db, { clinicId, query }: { clinicId: string; query: RecordsQuery }) {
  const names = yield* listRecordNames(d, { clinicId });
  const { page, nextCursor } = pageByName(names, { search: query.search, after: query.cursor ?? null, limit: PAGE });
  const rows = yield* listRecords(d, { clinicId, patientIds: page.map(({ id }) => id) });
  const records = rows
    .map(({ holdId, userId, ...row }) => ({ ...row, joined: userId !== null, onHold: holdId !== null }))
    .sort((a, b) => byName({ ...a, id: a.patientId }, { ...b, id: b.patientId }));
  return { records, nextCursor };
}

/** Who the record is of, how it is signed in to, and its holds. No clinical content. */
type AddressOf = { emailHash: (email: string | null) => string | null };

export function* readRecord(d: Db, work: UnitOfWork, { scope, emailHash }: Scoped & AddressOf) {
  const record = yield* findRecord(d, scope);
  if (!record) throw notFound();
  work.ofPatient(scope.patientId);
  const { userId, ...shown } = record;
  const refused = userId === null ? undefined : yield* findDeadAddress(d, { userId, channel: 'email' });
  return {
    ...shown,
    joined: userId !== null,
    /** When a server refused the address that the account has; null where none did. */
    addressRefusedAt: refused && refused.addressHash === emailHash(record.email) ? refused.at : null,
    holds: yield* listHolds(d, scope),
    lock: (yield* findShownLock(d, scope)) ?? null,
    erasableFrom: yield* readErasableFrom(d, { scope }),
    /** Backups that are there now hold the person until then; null where none was made. */
    backupsUntil: yield* findBackupsEnd(d),
  };
}

/**
 * Ends what the patient's account may do with the record: its logins in this clinic end at once, links for a new
 * password stop working. What a device has not sent yet stays on it.
 */
export function* endLogin(d: Db, work: UnitOfWork, { scope }: Scoped): Body<{ ended: true }> {
  const { nowMs } = work;
  const record = yield* findRecord(d, scope);
  if (!record?.userId) throw notFound();
  const { userId } = record;
  work.ofPatient(scope.patientId);
  work.about(userId);
  if (yield* setLoginEnded(d, { ...scope, endedAt: nowMs })) {
    yield* revokeSessionsIn(d, { clinicId: scope.clinicId, userId, nowMs });
    yield* revokePasswordLinks(d, { userId, nowMs });
    work.tell('session', userId, { userId });
    work.tell('patient', scope.patientId, { patientId: scope.patientId });
  }
  return { ended: true };
}

/** The account opens the record again, with the password that it had. */
export function* giveLoginBack(d: Db, work: UnitOfWork, { scope }: Scoped): Body<{ given: true }> {
  const record = yield* findRecord(d, scope);
  if (!record?.userId) throw notFound();
  work.ofPatient(scope.patientId);
  work.about(record.userId);
  yield* setLoginEnded(d, { ...scope, endedAt: null });
  work.tell('patient', scope.patientId, { patientId: scope.patientId });
  return { given: true };
}

type Reasoned = Scoped & { reason: string; by: string };

/** From now on nothing of the patient's is removed, whatever a keeping time or a patient's wish says. */
export function* holdRecord(d: Db, work: UnitOfWork, { scope, reason, by }: Reasoned): Body<{ held: true }> {
  if (!(yield* findRecord(d, scope))) throw notFound();
  const id = uuidv7();
  const held = yield* insertHold(d, { id, ...scope, reason, setBy: by, setAt: work.nowMs });
  if (!held) throw new Failure('CONFLICT', 'changed_meanwhile');
  work.ofPatient(scope.patientId);
  work.about(id);
  return { held: true };
}

/** Ends the hold; what was to be removed meanwhile is removed at the next sweep. */
export function* liftRecordHold(d: Db, work: UnitOfWork, { scope, reason, by }: Reasoned): Body<{ lifted: true }> {
  const hold = yield* findOpenHold(d, scope);
  if (!hold) throw notFound();
  yield* liftHold(d, { ...scope, liftedBy: by, liftedAt: work.nowMs, liftedReason: reason });
  work.ofPatient(scope.patientId);
  work.about(hold.id);
  return { lifted: true };
}
