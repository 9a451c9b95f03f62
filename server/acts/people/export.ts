import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { findClinic } from '#db/queries/clinic/clinics';
import { readRecordRows } from '#db/queries/people/erasures';
import { type ExportTicket, insertExportTicket, spendExportTicket } from '#db/queries/people/export-tickets';
import { findRecord } from '#db/queries/people/records';
import type { PatientScope } from '#db/scope';
import { notFound } from '#domain/input/failure';
import { MINUTE_MS } from '#domain/time/duration';
import { hashToken, newToken } from '#server/auth/gate';
import type { AppProcess } from '#server/runtime/process';
import type { RunWork, UnitOfWork } from '#server/runtime/unit-of-work';
import { requirePassword } from './account';

/** `patient`: without team notes, drafts and what is about others; `clinic`: whole. */
export type ExportReader = 'patient' | 'clinic';

const TICKET_MS = 5 * MINUTE_MS;

type Ask = { userId: string; sessionId: string; password: string; nowMs: number };
type Find = (d: Db, work: UnitOfWork) => Body<PatientScope>;

/** Before a password is asked: a record of another clinic is not there. */
export async function requireRecord(app: AppProcess, scope: PatientScope): Promise<void> {
  if (!(await app.database.read((d) => findRecord(d, scope)))) throw notFound();
}

/** After the password again: the address of one download, for this login, within five minutes. */
export async function prepareExport(
  app: AppProcess,
  run: RunWork,
  { sessionId, ...asks }: Ask,
  { reader, reason = null, find }: { reader: ExportReader; reason?: string | null; find: Find },
): Promise<{ path: string }> {
  await requirePassword(app, asks);
  const token = newToken();
  await run(function* (d, work) {
    const scope = yield* find(d, work);
    if (!(yield* findRecord(d, scope))) throw notFound();
    const id = uuidv7();
    const ticket = { id, tokenHash: hashToken(token), ...scope, sessionId, reader, reason };
    yield* insertExportTicket(d, { ...ticket, createdAt: work.nowMs, expiresAt: work.nowMs + TICKET_MS });
    work.ofPatient(scope.patientId);
    work.about(id);
  });
  return { path: `/api/export/${token}` };
}

/** The ticket, once, if it is this login's and not over. */
export function* takeExportTicket(
  d: Db,
  work: UnitOfWork,
  { token, sessionId }: { token: string; sessionId: string },
): Body<ExportTicket | null> {
  const ticket = yield* spendExportTicket(d, { tokenHash: hashToken(token), sessionId, nowMs: work.nowMs });
  if (!ticket) return null;
  work.inClinic(ticket.clinicId);
  work.ofPatient(ticket.patientId);
  work.about(ticket.id);
  return ticket;
}

/** Everything that an export of the record says in words and numbers, by table and field names of the schema. */
export function* readExport(d: Db, scope: PatientScope, reader: ExportReader) {
  const record = yield* findRecord(d, scope);
  const clinic = yield* findClinic(d, scope);
  if (!record || !clinic) throw notFound();
  const tables = yield* readRecordRows(d, scope, reader);
  return { clinic: { name: clinic.name, timeZone: clinic.timeZone }, patientId: scope.patientId, reader, tables };
}
