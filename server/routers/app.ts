import 'server-only';
import { createCallerFactory, router } from '../trpc';
import { accountRouter } from './account';
import { annotationsRouter } from './annotations';
import { auditRouter } from './audit';
import { invitesRouter } from './invites';
import { liveRouter } from './live';
import { noticesRouter } from './notices';
import { patientsRouter } from './patients';
import { staffRouter } from './staff';
import { visitsRouter } from './visits';

export const appRouter = router({
  account: accountRouter,
  annotations: annotationsRouter,
  audit: auditRouter,
  invites: invitesRouter,
  live: liveRouter,
  notices: noticesRouter,
  patients: patientsRouter,
  staff: staffRouter,
  visits: visitsRouter,
});

export type AppRouter = typeof appRouter;

export const createCaller = createCallerFactory(appRouter);
