import 'server-only';
import { and, eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { type Body, type Db, q } from '#db/body';
import { insertMessage, insertThreadNote } from '#db/queries/contact/messages';
import { advanceThread, markReader, openThread } from '#db/queries/contact/threads';
import { episodes } from '#db/schema/patients';
import type { PatientScope } from '#db/scope';
import type { MessageAbout, Waiting } from '#domain/contact/thread';

type OfThread = PatientScope & { episodeId: string };

/** A hand problem that is over. */
export function* closeEpisode(
  d: Db,
  { clinicId, patientId, episodeId, nowMs }: OfThread & { nowMs: number },
): Body<void> {
  const own = and(eq(episodes.id, episodeId), eq(episodes.patientId, patientId), eq(episodes.clinicId, clinicId));
  yield* q(d.update(episodes).set({ closedAt: nowMs }).where(own));
}

type MessageSpec = OfThread & {
  authorId: string;
  body: string;
  at: number;
  about?: MessageAbout | null;
  /** Of the patient: by when it is to be answered; without it nobody waits. */
  dueAt?: number | null;
};

/** A message as it would have come then, read by who wrote it. `role`: on which side they are. */
export function* makeMessage(d: Db, spec: MessageSpec & { role: 'patient' | 'team' }): Body<number> {
  const { clinicId, patientId, episodeId, authorId, role, body, at, about = null, dueAt = null } = spec;
  const of = { clinicId, patientId, episodeId };
  const waiting: Waiting | null = dueAt === null ? null : { since: at, rank: 2, says: [], dueAt, promisedAt: dueAt };
  const messageId = uuidv7();
  yield* openThread(d, { ...of, nowMs: at });
  const number = yield* advanceThread(d, { ...of, messageId, waiting, nowMs: at });
  const times = { writtenAt: at, receivedAt: at, promisedAt: waiting?.promisedAt ?? null };
  yield* insertMessage(d, { id: messageId, ...of, number, authorId, authorRole: role, body, about, ...times });
  yield* markReader(d, { ...of, userId: authorId, delivered: number, read: number, nowMs: at });
  return number;
}

/** A word of the care team among itself. */
export function* makeTeamNote(d: Db, { at, authorId, body, ...of }: Omit<MessageSpec, 'about'>): Body<void> {
  const { clinicId, patientId, episodeId } = of;
  yield* openThread(d, { clinicId, patientId, episodeId, nowMs: at });
  const note = { id: uuidv7(), clinicId, patientId, episodeId, kind: 'note' as const, authorId, body, at };
  yield* insertThreadNote(d, note);
}
