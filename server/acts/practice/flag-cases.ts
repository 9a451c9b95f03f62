import 'server-only';
import type { Body, Db } from '#db/body';
import type { PatientStanding } from '#db/queries/people/access';
import { findPatient, listEpisodes } from '#db/queries/people/patients';
import { listEscalations, listTellings } from '#db/queries/practice/escalations';
import { listFlagNotes } from '#db/queries/practice/flag-notes';
import { listOpenFlags } from '#db/queries/practice/flags';
import { listRemovalsOf } from '#db/queries/practice/logs';
import { listHeldOfClosed, listStopsOfFlags } from '#db/queries/practice/stops';
import { listCheckPlaces } from '#db/queries/practice/symptom-checks';
import { listExerciseVersions } from '#db/queries/program/exercises';
import { listLineageVersions } from '#db/queries/program/programs';
import type { PatientScope } from '#db/scope';
import { notFound } from '#domain/input/failure';
import { FLAGS_PER_PAGE } from '#domain/input/page';
import { can } from '#domain/people/access';

/** What is called what in a program: the newest words of each exercise that is named. */
function* nameExercises(d: Db, scope: PatientScope, lineages: readonly (string | null)[], locale: string) {
  const lineageIds = [...new Set(lineages.filter((one) => one !== null))];
  const rows = yield* listLineageVersions(d, { ...scope, lineageIds });
  const newest = new Map(rows.map(({ prescription }) => [prescription.lineageId, prescription]));
  const versionIds = [...new Set([...newest.values()].map((one) => one.exerciseVersionId))];
  const words = yield* listExerciseVersions(d, { versionIds, locale });
  return (lineageId: string | null) => {
    const prescription = lineageId === null ? undefined : newest.get(lineageId);
    const word = words.find((one) => one.exerciseVersionId === prescription?.exerciseVersionId);
    return prescription && word ? { name: word.texts.name, side: prescription.side } : null;
  };
}

type Removals = ReturnType<typeof listRemovalsOf> extends Body<infer T> ? T : never;

function removedOf(removals: Removals, ids: readonly (string | null)[]) {
  const found = removals.find(({ logId }) => ids.includes(logId));
  return found ? { reason: found.reason, at: found.saidAt } : null;
}

type Page = { scope: PatientScope; before: { at: number; id: string } | null; locale: string };

/** A page of what is open: the answer itself, where it was said, what it stopped, and what was done about it. */
export function* readOpenFlags(d: Db, { scope, before, locale }: Page) {
  const rows = yield* listOpenFlags(d, { ...scope, before, limit: FLAGS_PER_PAGE });
  const flagIds = rows.map(({ id }) => id);
  const notes = yield* listFlagNotes(d, { ...scope, flagIds });
  const stops = yield* listStopsOfFlags(d, { ...scope, flagIds });
  const checkIds = rows.filter(({ sourceKind }) => sourceKind === 'symptom_check').map(({ sourceId }) => sourceId);
  const places = yield* listCheckPlaces(d, { ...scope, checkIds });
  const logIds = [
    ...rows.filter(({ sourceKind }) => sourceKind === 'log').map(({ sourceId }) => sourceId),
    ...places.map(({ subjectId }) => subjectId).filter((id) => id !== null),
  ];
  const removals = yield* listRemovalsOf(d, { ...scope, logIds });
  const lineages = [...rows, ...stops].map(({ lineageId }) => lineageId);
  const exerciseOf = yield* nameExercises(d, scope, lineages, locale);
  const escalationOf = yield* readEscalations(d, scope, flagIds);
  return rows.map((row) => {
    const check = places.find(({ id }) => id === row.sourceId);
    return {
      ...row,
      exercise: exerciseOf(row.lineageId),
      /** The log in which it was said counts no more: why, and since when. */
      removed: removedOf(removals, [row.sourceId, check?.subjectId ?? null]),
      /** Where it was said outside of a log, with the log, check-in, review or visit in which it was; null elsewhere. */
      saidIn: check ? { place: check.place, subjectId: check.subjectId } : null,
      stops: stops
        .filter(({ flagId }) => flagId === row.id)
        .map(({ id, lineageId, severity, saidAt, liftedAt, liftedFor }) => ({
          ...{ id, lineageId, severity, saidAt, liftedAt, liftedFor },
          exercise: exerciseOf(lineageId),
        })),
      notes: notes.filter(({ flagId }) => flagId === row.id),
      escalation: escalationOf(row.id),
    };
  });
}

/** Who was told when and who has it, for each flag; null for those that go to nobody by themselves. */
function* readEscalations(d: Db, scope: PatientScope, flagIds: readonly string[]) {
  const rows = yield* listEscalations(d, { ...scope, flagIds });
  const tellings = yield* listTellings(d, { ...scope, flagIds });
  return (flagId: string) => {
    const row = rows.find((one) => one.flagId === flagId);
    if (!row) return null;
    const { raisedAt, nextAt, takenAt, takenByName } = row;
    return {
      ...{ raisedAt, nextAt },
      taken: takenAt === null ? null : { at: takenAt, byName: takenByName ?? '' },
      told: tellings.filter((one) => one.flagId === flagId).map(({ name, at, step }) => ({ name, at, step })),
    };
  };
}

type Reader = { standing: PatientStanding; locale: string };

/**
 * What a clinician has before their eyes where they decide, besides the open flags: whom to ring, what to be careful
 * with, what stays stopped, and what they may do about it.
 */
export function* readCaution(d: Db, { standing, locale }: Reader) {
  const { scope } = standing;
  const patient = yield* findPatient(d, scope);
  if (!patient) throw notFound();
  const episodes = yield* listEpisodes(d, scope);
  const held = yield* listHeldOfClosed(d, scope);
  const exerciseOf = yield* nameExercises(
    d,
    scope,
    held.map(({ stop }) => stop.lineageId),
    locale,
  );
  const notes = yield* listFlagNotes(d, { ...scope, flagIds: [...new Set(held.map(({ flag }) => flag.id))] });
  const { name, phone, timeZone } = patient;
  return {
    ...{ name, phone, timeZone },
    may: {
      note: can('flag.note', standing),
      take: can('flag.take', standing),
      resolve: can('flag.resolve', standing),
      lift: can('stop.lift', standing),
    },
    precautions: episodes
      .filter(({ closedAt, precautionsText }) => closedAt === null && precautionsText !== '')
      .map(({ id, title, precautionsText }) => ({ id, title, text: precautionsText })),
    held: held.map(({ stop, flag, closedByName }) => ({
      ...{ id: stop.id, lineageId: stop.lineageId, severity: stop.severity, saidAt: stop.saidAt },
      exercise: exerciseOf(stop.lineageId),
      flag: {
        ...{ kind: flag.kind, rule: flag.rule, pain: flag.pain, redFlags: flag.redFlags },
        ...{ closedAt: flag.seenAt, closedByName, resolution: flag.resolution },
      },
      notes: notes.filter(({ flagId }) => flagId === flag.id),
    })),
  };
}
