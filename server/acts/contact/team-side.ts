import 'server-only';
import { type Body, type Db, together } from '#db/body';
import { findThreadNote, insertThreadNote, listThreadNotes, type ThreadNoteRow } from '#db/queries/contact/messages';
import { assignThread, findLeadOf, findThread, openThread, settleWaiting } from '#db/queries/contact/threads';
import type { PatientStanding } from '#db/queries/people/access';
import { findPatient } from '#db/queries/people/patients';
import type { PatientScope } from '#db/scope';
import { Failure, notFound } from '#domain/input/failure';
import { can } from '#domain/people/access';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { dropWaiting, listAnswerers, noticeHandover } from './message-notices';
import { readMessageClinic } from './read-thread';
import { requireOpenEpisode } from './thread-access';

/** Of the notes of one thread the newest are shown; more are in the clinic's export. */
const NOTES_SHOWN = 200;

/** What the care team has beside a thread: its notes, whose it is to answer, and what this account may do. */
export function* readTeamSide(
  d: Db,
  work: UnitOfWork,
  { standing, userId, episodeId }: { standing: PatientStanding; userId: string; episodeId: string },
) {
  const { scope } = standing;
  const of = { ...scope, episodeId };
  const [notes, thread, leadId, team, clinic, patient] = yield* together(
    listThreadNotes(d, { ...of, sinceMs: 0, limit: NOTES_SHOWN }),
    findThread(d, of),
    findLeadOf(d, of),
    listAnswerers(d, work, scope),
    readMessageClinic(d, scope),
    findPatient(d, scope),
  );
  const nameOf = (id: string | null) => team.find((one) => one.userId === id)?.name ?? null;
  return {
    patientId: scope.patientId,
    notes,
    clinic,
    /** Whether anybody signs in who reads what is written. */
    hasReader: patient?.userId != null && patient.loginEndedAt === null,
    /** Whoever it was handed to, as long as they treat the patient; else whoever leads the hand problem. */
    answersName: nameOf(thread?.assigneeId ?? null) ?? nameOf(leadId),
    colleagues: team.filter((one) => one.userId !== userId).map(({ userId: id, name }) => ({ userId: id, name })),
    may: {
      write: can('message.send', standing),
      note: can('message.note', standing),
      settle: can('message.settle', standing),
      handOver: can('message.hand_over', standing),
    },
  };
}

type By = { standing: PatientStanding; userId: string; episodeId: string; noteId: string };
type Kept = Pick<ThreadNoteRow, 'kind' | 'body' | 'toUserId'>;

/** Appends to the notes, telling those who read them and nobody else; false where this very note is there already. */
function* keepNote(d: Db, work: UnitOfWork, { standing, userId, episodeId, noteId }: By, note: Kept): Body<boolean> {
  const { scope } = standing;
  work.about(noteId);
  const before = yield* findThreadNote(d, { noteId });
  if (before && before.authorId !== userId) throw notFound();
  if (before) {
    const isSame = before.episodeId === episodeId && before.kind === note.kind && before.body === note.body;
    if (!isSame || before.toUserId !== note.toUserId) throw new Failure('CONFLICT', 'operation_differs');
    return false;
  }
  yield* insertThreadNote(d, { id: noteId, ...scope, episodeId, authorId: userId, ...note, at: work.nowMs });
  yield* tellTeam(d, work, { scope, episodeId });
  return true;
}

/** By name: an event about the patient's record would tell the patient's own page that something was said. */
function* tellTeam(
  d: Db,
  work: UnitOfWork,
  { scope, episodeId }: { scope: PatientScope; episodeId: string },
): Body<void> {
  for (const { userId } of yield* listAnswerers(d, work, scope)) work.tell('message', episodeId, { userId });
}

/** Keeps a word of the care team among itself. */
export function* noteThread(d: Db, work: UnitOfWork, { body, ...by }: By & { body: string }): Body<{ noted: true }> {
  yield* requireOpenEpisode(d, by.standing, by.episodeId);
  yield* openThread(d, { ...by.standing.scope, episodeId: by.episodeId, nowMs: work.nowMs });
  yield* keepNote(d, work, by, { kind: 'note', body, toUserId: null });
  return { noted: true };
}

/** "No answer needed": nobody waits any more, and who said so is kept. */
export function* settleThread(
  d: Db,
  work: UnitOfWork,
  { upTo, ...by }: By & { upTo: number },
): Body<{ settled: true }> {
  const { scope } = by.standing;
  const thread = { scope, episodeId: by.episodeId };
  if (!(yield* findThread(d, { ...scope, episodeId: by.episodeId }))) throw notFound();
  if (!(yield* keepNote(d, work, by, { kind: 'no_answer', body: '', toUserId: null }))) return { settled: true };
  if (!(yield* settleWaiting(d, { ...scope, episodeId: by.episodeId, upTo })))
    throw new Failure('CONFLICT', 'changed_meanwhile');
  yield* dropWaiting(d, work, thread);
  work.tell('message', by.episodeId, { patientId: scope.patientId });
  return { settled: true };
}

/** From now on somebody else on the care team answers, and learns of it with a word of why. */
export function* handOver(
  d: Db,
  work: UnitOfWork,
  { toUserId, note, ...by }: By & { toUserId: string; note: string | null },
): Body<{ handed: true }> {
  const { scope } = by.standing;
  const of = { ...scope, episodeId: by.episodeId };
  const team = yield* listAnswerers(d, work, scope);
  if (!team.some(({ userId }) => userId === toUserId)) throw notFound();
  yield* requireOpenEpisode(d, by.standing, by.episodeId);
  yield* openThread(d, { ...of, nowMs: work.nowMs });
  if (!(yield* keepNote(d, work, by, { kind: 'handover', body: note ?? '', toUserId }))) return { handed: true };
  yield* assignThread(d, { ...of, assigneeId: toUserId });
  yield* noticeHandover(d, work, { scope, episodeId: by.episodeId, noteId: by.noteId, userId: toUserId });
  return { handed: true };
}
