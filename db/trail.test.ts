import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { findVisitSurface, insertAnnotationOp, takeRevision } from '#db/queries/annotation/surfaces';
import { insertAccess, insertAudit, sealAudit } from '#db/queries/clinic/audit';
import { insertVisitAddendum } from '#db/queries/visit/addenda';
import { insertNote } from '#db/queries/visit/record';
import { insertVisitEvent } from '#db/queries/visit/visits';
import { annotationOps } from '#db/schema/annotation';
import type { OperationEnvelope } from '#domain/annotation/operation';
import { type Body, type Db, q } from './body';
import { makeCheckIn } from './factories/check-ins';
import { makeClinic, makePatient, makeStaff } from './factories/people';
import { copyTemplate } from './factories/test-database';
import { makeVisit } from './factories/visits';
import { type Database, openDatabase } from './open';
import { accessEvents, auditEvents } from './schema/audit';
import { checkInEvents } from './schema/check-ins';
import { notes, visitAddenda, visitEvents } from './schema/visits';

/** What says who did what and when. Each change is a bare statement: no query of ours stands before the trigger. */
const AT = Date.UTC(2026, 10, 24, 9);
const state: { database?: Database; drop?: () => Promise<void> } = {};
const ids = {
  open: uuidv7(),
  sealed: uuidv7(),
  access: uuidv7(),
  op: uuidv7(),
  visitEvent: uuidv7(),
  addendum: uuidv7(),
};
const noteIds = { draft: uuidv7(), signed: uuidv7() };
const made = { checkInId: '' };

const write = <T>(body: (d: Db) => Body<T>) => {
  if (!state.database) throw new Error('the database is open');
  return state.database.write(body);
};

function* makeTrail(d: Db): Body<void> {
  const clinicId = yield* makeClinic(d);
  const mira = yield* makeStaff(d, { clinicId, name: 'Mira Solberg' });
  const patient = yield* makePatient(d, { clinicId, name: 'Ana Duarte', lead: mira });
  const { patientId } = patient;
  const who = { clinicId, actorId: mira.userId, sessionId: uuidv7(), patientId, nowMs: AT };
  for (const id of [ids.open, ids.sealed])
    yield* insertAudit(d, { id, ...who, act: 'program.write', subjectId: null, outcome: 'done' });
  yield* sealAudit(d, { id: ids.sealed, n: 1, prev: '0', hash: 'a' });
  yield* insertAccess(d, { id: ids.access, ...who, policy: 'patient.read' });
  const spec = { clinicId, patient, clinicianId: mira.userId, phone: '', timeZone: 'Europe/London' };
  const visitId = yield* makeVisit(d, { ...spec, startsAt: AT, ended: false });
  yield* insertVisitEvent(d, { id: ids.visitEvent, visitId, kind: 'joined', at: AT, source: 'app' });
  const summary = { kind: 'summary' as const, text: 'x', addedAt: AT };
  yield* insertVisitAddendum(d, { id: ids.addendum, visitId, patientId, userId: mira.userId, ...summary });
  const note = { clinicId, patientId, visitId, authorId: mira.userId, body: 'x', updatedAt: AT, supersedesId: null };
  yield* insertNote(d, { id: noteIds.draft, ...note });
  yield* insertNote(d, { id: noteIds.signed, ...note, signedAt: AT });
  const surface = yield* findVisitSurface(d, { clinicId, patientId, visitId });
  if (!surface) throw new Error('a visit has its stage');
  const body: OperationEnvelope = { v: 1, opId: ids.op, lamport: 1, tMs: AT, op: { kind: 'remove', markIds: [] } };
  const { revision } = yield* takeRevision(d, { surfaceId: surface.id });
  const author = { authorId: mira.userId, authorRole: 'clinician' as const };
  const op = { surfaceId: surface.id, revision, opId: ids.op, ...author, kind: 'remove' as const };
  yield* insertAnnotationOp(d, { ...op, body, tMs: AT, receivedAt: AT, addendumAt: null });
  const sent = yield* makeCheckIn(d, { clinicId, patientId, userId: patient.userId ?? '', at: AT });
  made.checkInId = sent.checkInId;
}

beforeAll(async () => {
  const { url, drop } = await copyTemplate(inject('template'));
  Object.assign(state, { database: openDatabase(url), drop });
  await write(makeTrail);
});
afterAll(async () => {
  await state.database?.close();
  await state.drop?.();
});

type Change = [what: string, change: (d: Db) => PromiseLike<unknown>];

const rewritten = (change: Partial<typeof auditEvents.$inferInsert>, id: string) => (d: Db) =>
  d.update(auditEvents).set(change).where(eq(auditEvents.id, id));

const REFUSED: Change[] = [
  ['a second seal', rewritten({ n: 9, prev: 'x', hash: 'x' }, ids.sealed)],
  ['the same seal again', rewritten({ n: 1, prev: '0', hash: 'a' }, ids.sealed)],
  ['a seal taken off', rewritten({ n: null, prev: null, hash: null }, ids.sealed)],
  ['another actor of a sealed act', rewritten({ actorId: 'x' }, ids.sealed)],
  ...(['id', 'clinicId', 'actorId', 'sessionId', 'act', 'patientId', 'subjectId'] as const).map(
    (field): Change => [`another ${field} of an act without seal`, rewritten({ [field]: 'x' }, ids.open)],
  ),
  ['another outcome of an act without seal', rewritten({ outcome: 'refused' }, ids.open)],
  ['another time of an act without seal', rewritten({ at: 1 }, ids.open)],
  ['other words beside its seal', rewritten({ act: 'x', n: 2, prev: 'a', hash: 'b' }, ids.open)],
  ['the removal of a sealed act', (d) => d.delete(auditEvents).where(eq(auditEvents.id, ids.sealed))],
  ['the removal of an act without seal', (d) => d.delete(auditEvents).where(eq(auditEvents.id, ids.open))],
  [
    'another reader of a record',
    (d) => d.update(accessEvents).set({ actorId: 'x' }).where(eq(accessEvents.id, ids.access)),
  ],
  ['the removal of a read', (d) => d.delete(accessEvents).where(eq(accessEvents.id, ids.access))],
  [
    'another author of a drawing',
    (d) => d.update(annotationOps).set({ authorId: 'x' }).where(eq(annotationOps.opId, ids.op)),
  ],
  ['the removal of a drawing', (d) => d.delete(annotationOps).where(eq(annotationOps.opId, ids.op))],
  [
    'another time of joining a visit',
    (d) => d.update(visitEvents).set({ at: 1 }).where(eq(visitEvents.id, ids.visitEvent)),
  ],
  ['the removal of what happened in a visit', (d) => d.delete(visitEvents).where(eq(visitEvents.id, ids.visitEvent))],
  [
    'another reason in a check-in’s history',
    (d) => d.update(checkInEvents).set({ reason: 'x' }).where(eq(checkInEvents.checkInId, made.checkInId)),
  ],
  [
    'the removal of a check-in’s history',
    (d) => d.delete(checkInEvents).where(eq(checkInEvents.checkInId, made.checkInId)),
  ],
  [
    'other words in an addendum to a visit',
    (d) => d.update(visitAddenda).set({ text: 'y' }).where(eq(visitAddenda.id, ids.addendum)),
  ],
  ['the removal of an addendum to a visit', (d) => d.delete(visitAddenda).where(eq(visitAddenda.id, ids.addendum))],
  ['other words in a signed note', (d) => d.update(notes).set({ body: 'y' }).where(eq(notes.id, noteIds.signed))],
  ['a signature taken off a note', (d) => d.update(notes).set({ signedAt: null }).where(eq(notes.id, noteIds.signed))],
  ['the removal of a signed note', (d) => d.delete(notes).where(eq(notes.id, noteIds.signed))],
];

describe('the database itself, of what says who did what', () => {
  it.each(REFUSED)('refuses %s', async (_what, change) => {
    await expect(
      write(function* (d) {
        yield* q(change(d));
      }),
    ).rejects.toSatisfy((error: Error) => /is refused/.test(`${error.message} ${String(error.cause)}`));
  });

  it('lets an act be sealed once, and a note be written until it is signed', async () => {
    await write((d) => sealAudit(d, { id: ids.open, n: 2, prev: 'a', hash: 'b' }));
    await write(function* (d) {
      const draft = eq(notes.id, noteIds.draft);
      yield* q(d.update(notes).set({ body: 'y' }).where(draft));
      yield* q(d.update(notes).set({ signedAt: AT }).where(draft));
    });
    const [row] = await write(function* (d) {
      return yield* q(d.select().from(auditEvents).where(eq(auditEvents.id, ids.open)));
    });
    expect(row).toMatchObject({ n: 2, prev: 'a', hash: 'b' });
  });
});
