import 'server-only';
import { removeOldTries } from '#db/queries/people/tries';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain/time/duration';
import { CHECK_PAUSE_MS, checkAuditTrail } from '#server/acts/clinic/check-audit';
import { sealAuditTrail } from '#server/acts/clinic/seal-audit';
import { remindDue } from '#server/acts/contact/remind';
import { escalateDue } from '#server/acts/practice/escalate';
import { createSender, forgetDeliveries, planDeliveries } from '#server/contact/deliver';
import { reconcileOpenVisits } from '#server/livekit/reconcile';
import { normaliseJob } from '#server/media/normalise-job';
import { sweepMedia } from '#server/media/sweep';
import { closeCounts } from './counted-acts';
import type { AppProcess } from './process';
import { type JobKinds, workJobs } from './worker';

export const JOB_KINDS: JobKinds = { normalise: normaliseJob };

/** Starts what runs beside requests; each loop waits for its own turn to end and stops with the process. */
export function startBackgroundWork(app: AppProcess): void {
  app.stops.push(() => sealAuditTrail(app, Date.now()));
  every(app, 'seal audit', { pauseMs: 1000 }, () => sealAuditTrail(app, Date.now()));
  every(app, 'counted acts', { pauseMs: MINUTE_MS }, () => closeCounts(app, Date.now()));
  every(app, 'check audit', { pauseMs: CHECK_PAUSE_MS }, () => checkAuditTrail(app, Date.now()));
  startJobs(app);
  every(app, 'escalate flags', { pauseMs: ESCALATION_MS }, () => escalateDue(app, Date.now()));
  every(app, 'remind', { pauseMs: REMINDER_MS }, () => remindDue(app, Date.now()));
  startDelivery(app);
  every(app, 'sweep media', SWEEP, () => sweepMedia(app, Date.now()));
  every(app, 'forget tries', { pauseMs: HOUR_MS }, () =>
    app.database.write((d) => removeOldTries(d, { nowMs: Date.now() })),
  );
  every(app, 'reconcile visits', VISITS, () => reconcileOpenVisits(app, Date.now()));
}

/** Works off jobs as long as the process runs. Several processes may: each job is leased to one of them. */
export function startJobs(app: AppProcess): void {
  const ending = new AbortController();
  every(app, 'jobs', { pauseMs: 1000 }, () => workJobs(app, JOB_KINDS, { clock: Date.now, signal: ending.signal }));
  // Stops run last first: the running job is told before its turn is waited for.
  app.stops.push(async () => ending.abort());
}

/** A step is at most so late. */
const ESCALATION_MS = 5000;
/** A reminder is of its minute. */
const REMINDER_MS = 5000;
/** A letter under way may end while the process stops, and is cut short after so long. */
const LAST_LETTER_MS = 5 * SECOND_MS;
const SENDERS = 3;

/** Lets news leave the app as long as the process runs. Several processes may: each message is leased to one of them. */
function startDelivery(app: AppProcess): void {
  const ending = new AbortController();
  const worker = { clock: Date.now, signal: ending.signal };
  every(app, 'plan deliveries', { pauseMs: SECOND_MS }, () => planDeliveries(app, worker));
  for (const { name: channel } of app.channels.all) {
    const urgent = createSender(app, { channel, isUrgent: true, senders: 1 });
    const others = createSender(app, { channel, isUrgent: false, senders: SENDERS });
    every(app, `deliver urgent ${channel}`, { pauseMs: SECOND_MS }, () => urgent(worker));
    every(app, `deliver ${channel}`, { pauseMs: SECOND_MS }, () => others(worker));
  }
  every(app, 'forget deliveries', { firstAfterMs: HOUR_MS, pauseMs: HOUR_MS }, () => forgetDeliveries(app, Date.now()));
  app.stops.push(async () => {
    ending.abort();
    setTimeout(() => app.channels.close(), LAST_LETTER_MS).unref();
  });
}

type Rhythm = { pauseMs: number; firstAfterMs?: number };

/** Nothing is put away in the first hour: who started with a wrong setting has time to see it. */
export const SWEEP: Rhythm = { firstAfterMs: HOUR_MS, pauseMs: HOUR_MS };

/** While nobody answered, pages could not say that people sit before them: they have time to, before a visit is ended. */
const VISITS: Rhythm = { firstAfterMs: MINUTE_MS, pauseMs: 10_000 };

/** Runs work again and again with a pause between; stopping lets the turn under way finish. */
export function every(app: AppProcess, name: string, rhythm: Rhythm, work: () => Promise<unknown>): void {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  const run = () => {
    turn = work()
      .catch((err: unknown) => app.log.error({ err, work: name }, 'background work failed'))
      .then(() => {
        if (!stopped) timer = setTimeout(run, rhythm.pauseMs).unref();
      });
  };
  if (rhythm.firstAfterMs) timer = setTimeout(run, rhythm.firstAfterMs).unref();
  else run();
  app.stops.push(async () => {
    stopped = true;
    clearTimeout(timer);
    await turn;
  });
}
