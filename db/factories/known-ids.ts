import 'server-only';
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core';
import { type Body, type Db, q } from '../body';
import { checkIns } from '../schema/check-ins';
import { exercises, exerciseVersions } from '../schema/exercises';
import { flags, logs, practices } from '../schema/logs';
import { media } from '../schema/media';
import { careTeam, emergencyAccesses, episodes, patients } from '../schema/patients';
import { invites, memberships } from '../schema/people';
import { prescriptions, programs, programVersions } from '../schema/programs';
import { reviews } from '../schema/reviews';
import { cues, stills, visitParticipants, visits } from '../schema/visits';

/** So many of each are enough to meet one by chance. */
const EACH = 12;

const COLUMNS: Readonly<Record<string, [PgTable, AnyPgColumn]>> = {
  patientId: [patients, patients.id],
  episodeId: [episodes, episodes.id],
  careTeamId: [careTeam, careTeam.id],
  emergencyId: [emergencyAccesses, emergencyAccesses.id],
  membershipId: [memberships, memberships.id],
  inviteId: [invites, invites.id],
  exerciseId: [exercises, exercises.id],
  exerciseVersionId: [exerciseVersions, exerciseVersions.id],
  programId: [programs, programs.id],
  programVersionId: [programVersions, programVersions.id],
  prescriptionId: [prescriptions, prescriptions.id],
  lineageId: [prescriptions, prescriptions.lineageId],
  practiceId: [practices, practices.id],
  supersedesId: [logs, logs.id],
  logId: [logs, logs.id],
  flagId: [flags, flags.id],
  mediaId: [media, media.id],
  checkInId: [checkIns, checkIns.id],
  leaseToken: [checkIns, checkIns.leaseToken],
  reviewId: [reviews, reviews.id],
  visitId: [visits, visits.id],
  participantId: [visitParticipants, visitParticipants.id],
  stillId: [stills, stills.id],
  cueId: [cues, cues.id],
};

/** Ids that are there, by the names under which inputs carry them. */
export function* listKnownIds(d: Db): Body<Record<string, string[]>> {
  const known: Record<string, string[]> = {};
  for (const [name, [table, column]] of Object.entries(COLUMNS)) {
    const rows = yield* q(d.select({ id: column }).from(table).limit(EACH));
    known[name] = rows.map(({ id }) => id).filter((id): id is string => typeof id === 'string');
  }
  return known;
}
