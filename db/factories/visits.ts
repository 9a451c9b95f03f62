import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { insertSurface } from '#db/queries/annotation/surfaces';
import { openVisit } from '#db/queries/visit/open-visits';
import { insertVisit, moveVisit, upsertParticipant, type VisitRow } from '#db/queries/visit/visits';
import type { Body, Db } from '../body';
import type { MadePatient } from './people';

type VisitSpec = {
  clinicId: string;
  patient: MadePatient;
  clinicianId: string;
  startsAt: number;
  phone: string;
  timeZone: string;
  ended: boolean;
  /** By what, how long, what for; left out = half an hour by video. */
  more?: Partial<Pick<VisitRow, 'mode' | 'durationMinutes' | 'kind' | 'purpose' | 'interpreter' | 'seriesId'>>;
};

/** A planned visit, or one that was held: opened, both there, ended. */
export function* makeVisit(
  d: Db,
  { clinicId, patient, clinicianId, startsAt, phone, timeZone, ended, more }: VisitSpec,
): Body<string> {
  const id = uuidv7();
  const { patientId, episodeId, userId } = patient;
  yield* insertVisit(d, {
    id,
    clinicId,
    patientId,
    episodeId,
    clinicianId,
    kind: 'review',
    startsAt,
    durationMinutes: 30,
    timeZone,
    state: 'scheduled',
    fallbackPhone: phone,
    createdAt: startsAt - 86_400_000,
    ...more,
  });
  yield* insertSurface(d, { id: uuidv7(), clinicId, patientId, kind: 'stage', visitId: id });
  if (!ended) return id;
  yield* openVisit(d, { visitId: id, roomName: id.replaceAll('-', ''), nowMs: startsAt });
  for (const [person, role] of [
    [clinicianId, 'clinician'],
    [userId, 'patient'],
  ] as const) {
    if (!person) continue;
    yield* upsertParticipant(d, {
      id: uuidv7(),
      visitId: id,
      userId: person,
      role,
      state: 'left',
      waitingAt: startsAt,
      admittedBy: clinicianId,
      admittedAt: startsAt + 60_000,
      leftAt: startsAt + 1_500_000,
      locationText: role === 'patient' ? 'At home' : null,
      presentOthers: null,
    });
  }
  yield* moveVisit(d, { visitId: id, from: 'open', state: 'ended', nowMs: startsAt + 1_500_000 });
  return id;
}
