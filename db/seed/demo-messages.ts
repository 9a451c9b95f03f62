import 'server-only';
import { markReader } from '#db/queries/contact/threads';
import { HOUR_MS } from '#domain/time/duration';
import type { Body, Db } from '../body';
import { makeMessage, makeTeamNote } from '../factories/messages';
import type { MadePatient, MadeStaff } from '../factories/people';
import type { MadeProgram } from '../factories/program';

/** What was written about a hand problem, oldest first. `place`: the exercise that a question is about. */
export type DemoMessage = {
  from: 'patient' | 'lead' | 'note';
  hoursAgo: number;
  body: string;
  place?: number;
  /** The last question: nobody has answered it. */
  waits?: true;
};

type Seeded = {
  clinicId: string;
  nowMs: number;
  patient: MadePatient;
  lead: MadeStaff;
  program: MadeProgram;
  messages: readonly DemoMessage[];
  /** By when an answer is promised, by the clinic's hours. */
  promisedAt(askedAt: number): number | null;
};

export function* seedMessages(d: Db, seeded: Seeded): Body<void> {
  const { clinicId, nowMs, patient, lead, program, messages, promisedAt } = seeded;
  const { patientId, episodeId, userId } = patient;
  if (!userId || messages.length === 0) return;
  const of = { clinicId, patientId, episodeId };
  let last = 0;
  for (const { from, hoursAgo, body, place, waits } of messages) {
    const at = nowMs - hoursAgo * HOUR_MS;
    const lineageId = place === undefined ? undefined : program.prescriptions[place]?.lineageId;
    const about = lineageId ? { kind: 'exercise' as const, id: lineageId } : null;
    if (from === 'note') yield* makeTeamNote(d, { ...of, authorId: lead.userId, body, at });
    else {
      const [authorId, role] = from === 'lead' ? [lead.userId, 'team' as const] : [userId, 'patient' as const];
      last = yield* makeMessage(d, { ...of, authorId, role, body, about, at, dueAt: waits ? promisedAt(at) : null });
    }
  }
  const seen = { delivered: last, read: last, nowMs };
  if (messages.at(-1)?.from === 'patient')
    yield* markReader(d, { ...of, userId: lead.userId, ...seen, read: last - 1 });
  else yield* markReader(d, { ...of, userId, ...seen });
}
