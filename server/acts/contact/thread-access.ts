import 'server-only';
import type { Body, Db } from '#db/body';
import { findEpisodePatient } from '#db/queries/contact/threads';
import type { PatientStanding } from '#db/queries/people/access';
import { findEpisode, findOpenEpisode } from '#db/queries/people/patients';
import { Failure, notFound } from '#domain/input/failure';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

/** How the actor stands to the patient whose thread it is; strangers and unknown ids look alike. */
export function* requireThread(
  d: Db,
  work: UnitOfWork,
  { clinicId }: { clinicId: string },
  episodeId: string,
): Body<PatientStanding> {
  const patientId = yield* findEpisodePatient(d, { clinicId, episodeId });
  if (!patientId) throw notFound();
  return yield* work.patient(patientId);
}

/** The thread that is named, or, of one's own record, that of the hand problem that is open. */
export function* requireThreadToWrite(
  d: Db,
  work: UnitOfWork,
  actor: { clinicId: string; patientId: string | null },
  episodeId: string | null,
): Body<PatientStanding> {
  if (episodeId !== null) return yield* requireThread(d, work, actor, episodeId);
  if (!actor.patientId) throw notFound();
  return yield* work.patient(actor.patientId);
}

/** The hand problem that is written about. Throws CONFLICT where it is closed: then the thread is only read. */
export function* requireOpenEpisode(d: Db, { scope }: PatientStanding, episodeId: string | null) {
  const episode =
    episodeId === null ? yield* findOpenEpisode(d, scope) : yield* findEpisode(d, { ...scope, episodeId });
  if (!episode && episodeId === null) throw new Failure('CONFLICT', 'no_open_episode');
  if (!episode) throw notFound();
  if (episode.closedAt !== null) throw new Failure('CONFLICT', 'thread_ended');
  return episode;
}
