import 'server-only';
import { annotationsRouter } from '#server/routers/annotation/annotations';
import { checkInsRouter } from '#server/routers/check-in/check-ins';
import { mediaRouter } from '#server/routers/check-in/media';
import { auditRouter } from '#server/routers/clinic/audit';
import { backupsRouter } from '#server/routers/clinic/backups';
import { clinicRouter } from '#server/routers/clinic/clinic';
import { barriersRouter } from '#server/routers/contact/barriers';
import { contactRouter } from '#server/routers/contact/contact';
import { messagesRouter } from '#server/routers/contact/messages';
import { noticesRouter } from '#server/routers/contact/notices';
import { remindersRouter } from '#server/routers/contact/reminders';
import { accountRouter } from '#server/routers/people/account';
import { caseloadRouter } from '#server/routers/people/caseload';
import { emergencyRouter } from '#server/routers/people/emergency';
import { invitesRouter } from '#server/routers/people/invites';
import { passwordLinksRouter } from '#server/routers/people/password-links';
import { patientsRouter } from '#server/routers/people/patients';
import { recordsRouter } from '#server/routers/people/records';
import { staffRouter } from '#server/routers/people/staff';
import { practiceRouter } from '#server/routers/practice/day';
import { flagsRouter } from '#server/routers/practice/flags';
import { logsRouter } from '#server/routers/practice/logs';
import { symptomsRouter } from '#server/routers/practice/symptoms';
import { exercisesRouter } from '#server/routers/program/exercises';
import { programsRouter } from '#server/routers/program/programs';
import { assessmentsRouter } from '#server/routers/record/assessments';
import { recordRouter } from '#server/routers/record/record';
import { restrictionsRouter } from '#server/routers/record/restrictions';
import { reviewsRouter } from '#server/routers/review/reviews';
import { appointmentsRouter } from '#server/routers/visit/appointments';
import { cuesRouter } from '#server/routers/visit/cues';
import { notesRouter } from '#server/routers/visit/notes';
import { visitRecordRouter } from '#server/routers/visit/record';
import { stillsRouter } from '#server/routers/visit/stills';
import { visitsRouter } from '#server/routers/visit/visits';
import { liveRouter } from './live';
import { createCallerFactory, router } from './trpc';

export const appRouter = router({
  media: mediaRouter,
  checkIns: checkInsRouter,
  reviews: reviewsRouter,
  programs: programsRouter,
  restrictions: restrictionsRouter,
  practice: practiceRouter,
  logs: logsRouter,
  flags: flagsRouter,
  symptoms: symptomsRouter,
  exercises: exercisesRouter,
  caseload: caseloadRouter,
  clinic: clinicRouter,
  contact: contactRouter,
  account: accountRouter,
  annotations: annotationsRouter,
  audit: auditRouter,
  backups: backupsRouter,
  emergency: emergencyRouter,
  invites: invitesRouter,
  live: liveRouter,
  barriers: barriersRouter,
  messages: messagesRouter,
  notices: noticesRouter,
  passwordLinks: passwordLinksRouter,
  patients: patientsRouter,
  assessments: assessmentsRouter,
  record: recordRouter,
  records: recordsRouter,
  reminders: remindersRouter,
  staff: staffRouter,
  visits: visitsRouter,
  appointments: appointmentsRouter,
  visitRecord: visitRecordRouter,
  stills: stillsRouter,
  cues: cuesRouter,
  notes: notesRouter,
});

export type AppRouter = typeof appRouter;

export const createCaller = createCallerFactory(appRouter);
