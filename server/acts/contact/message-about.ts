import 'server-only';
import type { Body, Db } from '#db/body';
import { findCheckIn } from '#db/queries/check-in/check-ins';
import { findOpenEpisode } from '#db/queries/people/patients';
import { listExerciseVersions } from '#db/queries/program/exercises';
import { doseOf, findProgramOfLineage, listLineageVersions, listPrograms } from '#db/queries/program/programs';
import { findReview } from '#db/queries/review/reviews';
import { findVisit } from '#db/queries/visit/visits';
import type { PatientScope } from '#db/scope';
import type { MessageAbout } from '#domain/contact/thread';
import type { AboutView } from '#domain/contact/thread-view';
import { notFound } from '#domain/input/failure';
import { filmedBy } from '#domain/program/in-force';

/** The row behind it: null where this patient has none, or it was never shown to them. */
function* findPlace(d: Db, scope: PatientScope, { kind, id }: MessageAbout) {
  const nothing = { checkInId: null, at: null, lineageId: null, episodeId: null };
  if (kind === 'exercise') {
    const [version] = yield* listLineageVersions(d, { ...scope, lineageIds: [id] });
    return version ? { ...nothing, lineageId: id } : null;
  }
  if (kind === 'visit') {
    const visit = yield* findVisit(d, { ...scope, visitId: id });
    return visit ? { ...nothing, at: visit.startsAt, episodeId: visit.episodeId } : null;
  }
  const review = yield* findReview(d, { reviewId: id });
  if (!review || review.publishedAt === null || review.clinicId !== scope.clinicId) return null;
  const checkIn = yield* findCheckIn(d, { ...scope, checkInId: review.checkInId });
  if (!checkIn) return null;
  return { ...nothing, checkInId: checkIn.id, at: review.publishedAt, lineageId: checkIn.lineageId };
}

/** Throws NOT_FOUND where what a message is about is not this patient's. */
export function* requirePlace(d: Db, scope: PatientScope, about: MessageAbout | null): Body<void> {
  if (about && !(yield* findPlace(d, scope, about))) throw notFound();
}

/** The hand problem that it belongs to, else the open one; null where there is none. */
export function* findEpisodeOf(d: Db, scope: PatientScope, about: MessageAbout): Body<string | null> {
  const place = yield* findPlace(d, scope, about);
  if (!place) throw notFound();
  if (place.episodeId) return place.episodeId;
  const found = place.lineageId ? yield* findProgramOfLineage(d, { ...scope, lineageId: place.lineageId }) : undefined;
  const program = found ? (yield* listPrograms(d, scope)).find(({ id }) => id === found.programId) : undefined;
  return program?.episodeId ?? (yield* findOpenEpisode(d, scope))?.id ?? null;
}

type Said = { about: MessageAbout; atMs: number };

/** What messages are about, as the patient had it when each was written; in the order in which they were asked for. */
export function* showAbouts(
  d: Db,
  { scope, said, locale }: { scope: PatientScope; said: readonly Said[]; locale: string },
): Body<AboutView[]> {
  const places: { one: Said; place: ReturnType<typeof findPlace> extends Body<infer T> ? T : never }[] = [];
  for (const one of said) places.push({ one, place: yield* findPlace(d, scope, one.about) });
  const lineageIds = [...new Set(places.flatMap(({ place }) => place?.lineageId ?? []))];
  const versions = yield* listLineageVersions(d, { ...scope, lineageIds });
  const versionIds = [...new Set(versions.map(({ prescription }) => prescription.exerciseVersionId))];
  const exercises = yield* listExerciseVersions(d, { versionIds, locale });
  return places.map(({ one: { about, atMs }, place }) => {
    const own = versions
      .filter(({ prescription }) => prescription.lineageId === place?.lineageId)
      .map((row) => ({ ...row, programVersionId: row.prescription.programVersionId }));
    const then = filmedBy(own, { programVersionId: null, atMs }) ?? own[0];
    const exercise = exercises.find((one) => one.exerciseVersionId === then?.prescription.exerciseVersionId);
    const shown = then && exercise ? { name: exercise.texts.name, category: exercise.category } : null;
    return {
      ...about,
      checkInId: place?.checkInId ?? null,
      at: place?.at ?? null,
      exercise:
        then && exercise && shown
          ? {
              ...shown,
              side: then.prescription.side,
              dose: doseOf(then.prescription),
              version: then.number,
              pose: exercise.pose,
            }
          : null,
    };
  });
}
