import 'server-only';
import { eq, inArray, or } from 'drizzle-orm';
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core';
import { annotationOps, markRemovals, marks, surfaces } from '#db/schema/annotation';
import { appointmentRequests, calendarFeeds, waitingList } from '#db/schema/appointments';
import { accessEvents, auditEvents, countedActs } from '#db/schema/audit';
import { checkInEvents, checkInMedia, checkInSkips, checkIns } from '#db/schema/check-ins';
import {
  contactChoices,
  deadAddresses,
  deliveries,
  pushSubscriptions,
  reminderChoices,
  reminders,
} from '#db/schema/contact';
import { erasures, exportTickets } from '#db/schema/erasures';
import { escalations, escalationTellings } from '#db/schema/escalations';
import {
  flagNotes,
  flags,
  lastLogs,
  logRemovals,
  logSets,
  logs,
  practices,
  stops,
  symptomChecks,
} from '#db/schema/logs';
import { assessmentEntries, assessments, measures, restrictions } from '#db/schema/measures';
import { media, uploads } from '#db/schema/media';
import { barriers, messageMedia, messages, threadNotes, threadReaders, threads } from '#db/schema/messages';
import { notices } from '#db/schema/notices';
import { operations } from '#db/schema/operations';
import {
  caregiverGrants,
  careTeam,
  consents,
  emergencyAccesses,
  episodes,
  legalHolds,
  patients,
} from '#db/schema/patients';
import { invites, sessions, users } from '#db/schema/people';
import { prescriptions, programs, programVersions } from '#db/schema/programs';
import { reviews } from '#db/schema/reviews';
import { cues, notes, stills, visitAddenda, visitEvents, visitParticipants, visits } from '#db/schema/visits';
import type { Policy } from '#domain/people/access';
import { inCheckIn, inProgram, inVisit, noticed, ofAccount, onSurface, own, type Whose, within } from './whose';

export type RecordTable = {
  readonly table: PgTable;
  readonly whose: Whose;
  /** Who gets its rows in an export. `clinic`: team notes and what is about others; `nobody`: secrets and bookkeeping. */
  readonly exported: 'patient' | 'clinic' | 'nobody';
  /** What the patient's own export leaves out of the rows that it has, such as what others said. */
  readonly forPatient?: Whose;
  /** Fields that the patient's own export leaves out: what the team wrote for itself in rows that are theirs. */
  readonly omitForPatient?: readonly string[];
  /** Fields that no export holds: secrets, and where a file lies. */
  readonly omit?: readonly string[];
  /**
   * `kept`: it holds ids alone and stands for who did what; the id leads to nobody once the person is erased.
   */
  readonly erased: 'deleted' | 'deleted with the account' | 'blanked' | 'kept';
  /** Until when its rows stay where nobody erases the person. */
  readonly kept: 'as the record' | 'by a keeping time' | 'until used or over';
  /** By which policy its rows are read; null where no procedure shows them. */
  readonly readBy: Policy | null;
};

const clinical = { exported: 'patient', erased: 'deleted', kept: 'as the record' } as const;
const ofTheClinic = { exported: 'clinic', erased: 'deleted', kept: 'as the record' } as const;
const bookkeeping = { exported: 'nobody', erased: 'deleted', kept: 'until used or over', readBy: null } as const;
const trail = { exported: 'clinic', erased: 'kept', kept: 'as the record', readBy: 'audit.read' } as const;
const CLAIM = ['leaseToken', 'leaseUntil', 'claimedBy', 'claimCount', 'assigneeId'];
const isPublished =
  (table: { state: AnyPgColumn }): Whose =>
  () =>
    inArray(table.state, ['published', 'superseded']);

/**
 * Every table that knows a patient, children before parents: the one list by which a record is exported and erased. A
 * test fails for a table that knows a patient and is not here. The account's own row comes last; it is blanked, since
 * others' rows may name its id.
 */
export const RECORD_TABLES = {
  messageMedia: {
    ...clinical,
    table: messageMedia,
    whose: own(messageMedia.patientId),
    readBy: 'message.read',
  },
  measures: { ...clinical, table: measures, whose: own(measures.patientId), readBy: 'measure.read' },
  assessmentEntries: {
    ...ofTheClinic,
    table: assessmentEntries,
    whose: own(assessmentEntries.patientId),
    readBy: 'assessment.read',
  },
  assessments: { ...ofTheClinic, table: assessments, whose: own(assessments.patientId), readBy: 'assessment.read' },
  restrictions: { ...clinical, table: restrictions, whose: own(restrictions.patientId), readBy: 'restriction.read' },
  marks: { ...clinical, table: marks, whose: onSurface(marks.surfaceId), readBy: 'visit.read' },
  markRemovals: {
    ...clinical,
    table: markRemovals,
    whose: onSurface(markRemovals.surfaceId),
    exported: 'nobody',
    readBy: null,
  },
  annotationOps: {
    ...clinical,
    table: annotationOps,
    whose: onSurface(annotationOps.surfaceId),
    readBy: 'visit.read',
  },
  stills: { ...clinical, table: stills, whose: inVisit(stills.visitId), readBy: 'visit.read' },
  cues: { ...clinical, table: cues, whose: inVisit(cues.visitId), readBy: 'visit.read' },
  visitAddenda: { ...clinical, table: visitAddenda, whose: own(visitAddenda.patientId), readBy: 'visit.read' },
  visitEvents: {
    ...ofTheClinic,
    table: visitEvents,
    whose: inVisit(visitEvents.visitId),
    omit: ['webhookId'],
    readBy: 'visit.read',
  },
  visitParticipants: {
    ...clinical,
    table: visitParticipants,
    whose: inVisit(visitParticipants.visitId),
    forPatient: ofAccount(visitParticipants.userId),
    readBy: 'visit.read',
  },
  notes: { ...ofTheClinic, table: notes, whose: own(notes.patientId), readBy: 'visit.read' },
  reviews: {
    ...clinical,
    table: reviews,
    whose: inCheckIn(reviews.checkInId),
    forPatient: isPublished(reviews),
    omit: ['leaseToken'],
    readBy: 'check_in.read',
  },
  checkInSkips: {
    ...ofTheClinic,
    table: checkInSkips,
    whose: inCheckIn(checkInSkips.checkInId),
    readBy: 'review.read_queue',
  },
  checkInEvents: {
    ...ofTheClinic,
    table: checkInEvents,
    whose: inCheckIn(checkInEvents.checkInId),
    readBy: 'check_in.read',
  },
  checkInMedia: { ...clinical, table: checkInMedia, whose: inCheckIn(checkInMedia.checkInId), readBy: 'check_in.read' },
  surfaces: { ...clinical, table: surfaces, whose: own(surfaces.patientId), readBy: 'visit.read' },
  threadNotes: {
    ...ofTheClinic,
    table: threadNotes,
    whose: own(threadNotes.patientId),
    readBy: 'message.read_team',
  },
  threadReaders: {
    ...clinical,
    table: threadReaders,
    whose: own(threadReaders.patientId),
    forPatient: ofAccount(threadReaders.userId),
    readBy: 'message.read',
  },
  barriers: { ...clinical, table: barriers, whose: own(barriers.patientId), readBy: 'message.read' },
  messages: { ...clinical, table: messages, whose: own(messages.patientId), readBy: 'message.read' },
  threads: {
    ...clinical,
    table: threads,
    whose: own(threads.patientId),
    omitForPatient: ['assigneeId', 'waitingRank', 'dueAt'],
    readBy: 'message.read',
  },
  escalationTellings: {
    ...ofTheClinic,
    table: escalationTellings,
    whose: own(escalationTellings.patientId),
    readBy: 'patient.read',
  },
  escalations: { ...ofTheClinic, table: escalations, whose: own(escalations.patientId), readBy: 'patient.read' },
  stops: { ...clinical, table: stops, whose: own(stops.patientId), readBy: 'patient.read' },
  flagNotes: { ...ofTheClinic, table: flagNotes, whose: own(flagNotes.patientId), readBy: 'patient.read' },
  symptomChecks: { ...clinical, table: symptomChecks, whose: own(symptomChecks.patientId), readBy: 'log.read' },
  lastLogs: { ...bookkeeping, table: lastLogs, whose: own(lastLogs.patientId) },
  logRemovals: { ...clinical, table: logRemovals, whose: own(logRemovals.patientId), readBy: 'log.read' },
  logSets: {
    ...clinical,
    table: logSets,
    whose: within(logSets.logId, logs, logs.id, own(logs.patientId)),
    readBy: 'log.read',
  },
  logs: { ...clinical, table: logs, whose: own(logs.patientId), readBy: 'log.read' },
  practices: { ...clinical, table: practices, whose: own(practices.patientId), readBy: 'log.read' },
  flags: {
    ...clinical,
    table: flags,
    whose: own(flags.patientId),
    omitForPatient: ['resolution'],
    readBy: 'patient.read',
  },
  checkIns: { ...clinical, table: checkIns, whose: own(checkIns.patientId), omit: CLAIM, readBy: 'check_in.read' },
  waitingList: { ...clinical, table: waitingList, whose: own(waitingList.patientId), readBy: 'visit.read' },
  appointmentRequests: {
    ...clinical,
    table: appointmentRequests,
    whose: own(appointmentRequests.patientId),
    readBy: 'visit.read',
  },
  visits: { ...clinical, table: visits, whose: own(visits.patientId), omit: ['roomName'], readBy: 'visit.read' },
  prescriptions: {
    ...clinical,
    table: prescriptions,
    whose: within(
      prescriptions.programVersionId,
      programVersions,
      programVersions.id,
      inProgram(programVersions.programId),
    ),
    forPatient: within(
      prescriptions.programVersionId,
      programVersions,
      programVersions.id,
      isPublished(programVersions),
    ),
    readBy: 'program.read',
  },
  programVersions: {
    ...clinical,
    table: programVersions,
    whose: inProgram(programVersions.programId),
    forPatient: isPublished(programVersions),
    readBy: 'program.read',
  },
  programs: { ...clinical, table: programs, whose: own(programs.patientId), readBy: 'program.read' },
  uploads: {
    ...bookkeeping,
    table: uploads,
    whose: within(uploads.mediaId, media, media.id, own(media.patientId)),
  },
  media: {
    ...clinical,
    kept: 'by a keeping time',
    table: media,
    whose: own(media.patientId),
    omit: ['storageKey'],
    readBy: 'media.read',
  },
  consents: { ...clinical, table: consents, whose: own(consents.patientId), readBy: 'consent.read' },
  legalHolds: { ...ofTheClinic, table: legalHolds, whose: own(legalHolds.patientId), readBy: 'record.keep' },
  caregiverGrants: {
    ...ofTheClinic,
    table: caregiverGrants,
    whose: own(caregiverGrants.patientId),
    readBy: 'patient.read',
  },
  emergencyAccesses: {
    ...clinical,
    table: emergencyAccesses,
    whose: own(emergencyAccesses.patientId),
    readBy: 'audit.read_own',
  },
  careTeam: { ...clinical, table: careTeam, whose: own(careTeam.patientId), readBy: 'patient.read' },
  // What went out about the patient, or to them: that it did, and nothing of what it was.
  deliveries: {
    ...bookkeeping,
    table: deliveries,
    whose: (d, patientId) =>
      or(
        within(deliveries.noticeId, notices, notices.id, noticed)(d, patientId),
        ofAccount(deliveries.userId)(d, patientId),
      ),
  },
  contactChoices: {
    ...clinical,
    erased: 'deleted with the account',
    table: contactChoices,
    whose: ofAccount(contactChoices.userId),
    readBy: 'contact.read',
  },
  deadAddresses: {
    ...bookkeeping,
    erased: 'deleted with the account',
    table: deadAddresses,
    whose: ofAccount(deadAddresses.userId),
  },
  pushSubscriptions: {
    ...bookkeeping,
    erased: 'deleted with the account',
    table: pushSubscriptions,
    whose: ofAccount(pushSubscriptions.userId),
    readBy: 'contact.read',
  },
  // What a calendar is let in by, and no record of anything.
  calendarFeeds: {
    ...bookkeeping,
    erased: 'deleted with the account',
    table: calendarFeeds,
    whose: ofAccount(calendarFeeds.userId),
    omit: ['tokenHash'],
    readBy: 'contact.read',
  },
  reminderChoices: {
    ...clinical,
    table: reminderChoices,
    whose: own(reminderChoices.patientId),
    readBy: 'reminder.read',
  },
  reminders: { ...bookkeeping, table: reminders, whose: own(reminders.patientId) },
  notices: { ...bookkeeping, table: notices, whose: noticed, readBy: 'notice.read' },
  invites: {
    ...bookkeeping,
    table: invites,
    whose: (d, patientId) => or(eq(invites.patientId, patientId), ofAccount(invites.userId)(d, patientId)),
  },
  sessions: {
    ...bookkeeping,
    table: sessions,
    whose: ofAccount(sessions.userId),
    erased: 'deleted with the account',
    readBy: 'account.read',
  },
  operations: { ...bookkeeping, table: operations, whose: ofAccount(operations.userId) },
  // Counted for some minutes, then a row of the audit trail.
  countedActs: { ...bookkeeping, table: countedActs, whose: own(countedActs.patientId) },
  exportTickets: {
    ...bookkeeping,
    kept: 'as the record',
    table: exportTickets,
    whose: own(exportTickets.patientId),
  },
  episodes: { ...clinical, table: episodes, whose: own(episodes.patientId), readBy: 'patient.read' },
  auditEvents: { ...trail, table: auditEvents, whose: own(auditEvents.patientId), omit: ['sessionId'] },
  accessEvents: { ...trail, table: accessEvents, whose: own(accessEvents.patientId), omit: ['sessionId'] },
  erasures: {
    ...trail,
    exported: 'nobody',
    table: erasures,
    whose: own(erasures.patientId),
    readBy: 'record.keep',
  },
  users: {
    ...clinical,
    erased: 'blanked',
    table: users,
    whose: ofAccount(users.id),
    omit: ['passwordHash'],
    readBy: 'account.read',
  },
  patients: { ...clinical, table: patients, whose: own(patients.id), readBy: 'patient.read' },
} as const satisfies Record<string, RecordTable>;
