import 'server-only';
import { createCallerFactory, router } from '../trpc';
import { accountRouter } from './account';
import { annotationsRouter } from './annotations';
import { auditRouter } from './audit';
import { caseloadRouter } from './caseload';
import { checkInsRouter } from './check-ins';
import { clinicRouter } from './clinic';
import { cuesRouter } from './cues';
import { exercisesRouter } from './exercises';
import { flagsRouter } from './flags';
import { invitesRouter } from './invites';
import { liveRouter } from './live';
import { logsRouter } from './logs';
import { mediaRouter } from './media';
import { notesRouter } from './notes';
import { noticesRouter } from './notices';
import { passwordLinksRouter } from './password-links';
import { patientsRouter } from './patients';
import { practiceRouter } from './practice';
import { programsRouter } from './programs';
import { reviewsRouter } from './reviews';
import { staffRouter } from './staff';
import { stillsRouter } from './stills';
import { visitRecordRouter } from './visit-record';
import { visitsRouter } from './visits';

export const appRouter = router({
  media: mediaRouter,
  checkIns: checkInsRouter,
  reviews: reviewsRouter,
  programs: programsRouter,
  practice: practiceRouter,
  logs: logsRouter,
  flags: flagsRouter,
  exercises: exercisesRouter,
  caseload: caseloadRouter,
  clinic: clinicRouter,
  account: accountRouter,
  annotations: annotationsRouter,
  audit: auditRouter,
  invites: invitesRouter,
  live: liveRouter,
  notices: noticesRouter,
  passwordLinks: passwordLinksRouter,
  patients: patientsRouter,
  staff: staffRouter,
  visits: visitsRouter,
  visitRecord: visitRecordRouter,
  stills: stillsRouter,
  cues: cuesRouter,
  notes: notesRouter,
});

export type AppRouter = typeof appRouter;

export const createCaller = createCallerFactory(appRouter);
