import 'server-only';
import { randomUUID } from 'node:crypto';
import { setImmediate as othersFirst } from 'node:timers/promises';
import {
  type ChannelName,
  findDue,
  isAnyLate,
  listUnplanned,
  markHandedOver,
  removeOldDeliveries,
} from '#db/queries/contact/deliveries';
import type { Contact } from '#db/queries/contact/person';
import type { Outcome } from '#domain/contact/message';
import { URGENT_STEP_MS } from '#domain/contact/retry';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '#domain/time/duration';
import { type Claim, claimMessage } from '#server/acts/contact/claim';
import { escalateLate, planNotices } from '#server/acts/contact/plan';
import { settleMessage } from '#server/acts/contact/settle';
import type { AppProcess } from '#server/runtime/process';
import { runAsServer } from '#server/runtime/unit-of-work';
import { LEASE_MS } from './channels/channel';

/** Notices that are decided in one transaction. */
const PLANNED_AT_ONCE = 20;
/** Where a server does not answer, others are not tried at once: growing pauses up to these. */
const REST_MS = 2 * SECOND_MS;
const REST_MAX_MS = MINUTE_MS;
/** What is over is kept so long. */
const KEPT_MS = 90 * DAY_MS;

type Worker = { clock: () => number; signal: AbortSignal };

/** Decides for every new notice how it leaves the app, and looks for urgent ones that did not. */
export async function planDeliveries(app: AppProcess, { clock, signal }: Worker): Promise<number> {
  const { channels } = app;
  const waysTo = (contact: Contact) =>
    channels.all.flatMap(({ name }) =>
      channels.waysOf(name, contact).map(({ addressHash }) => ({ channel: name, addressHash })),
    );
  const planner = { waysTo, isSetUp: channels.isSetUp, limit: PLANNED_AT_ONCE };
  let planned = 0;
  const isNew = (await app.database.read((d) => listUnplanned(d, { limit: 1 }))).length > 0;
  for (let more = isNew ? PLANNED_AT_ONCE : 0; more === PLANNED_AT_ONCE && !signal.aborted; ) {
    const run = await runAsServer(app, { act: null, nowMs: clock() }, (d, work) => planNotices(d, work, planner));
    for (const kind of run.unknown) app.log.error({ kind }, 'a notice of this kind never leaves the app');
    more = run.planned;
    // On SQLite nothing of this waits for anything: requests come first.
    await othersFirst();
    planned += more;
  }
  const nowMs = clock();
  const asked = { nowMs, sinceMs: nowMs - URGENT_STEP_MS };
  if (!(await app.database.read((d) => isAnyLate(d, asked)))) return planned;
  const late = await runAsServer(app, { act: null, nowMs }, escalateLate);
  if (late.length > 0) app.log.error({ late: late.length }, 'urgent news could not be delivered');
  return planned;
}

/** Forgets what was delivered long ago. */
export async function forgetDeliveries(app: AppProcess, nowMs: number): Promise<void> {
  await app.database.write((d) => removeOldDeliveries(d, { beforeMs: nowMs - KEPT_MS }));
}

/** What was claimed is another's meanwhile: nothing of it may be sent. */
class ClaimLost extends Error {}

async function send(app: AppProcess, claim: Claim): Promise<Outcome> {
  const channel = app.channels.all.find(({ name }) => name === claim.channel);
  if (!channel) return { kind: 'refused', code: 'not_set_up', isServerDown: false };
  const groups = [...new Set(claim.rows.map(({ kindGroup }) => kindGroup))];
  let wasHandedOver = false;
  const handOver = async () => {
    if (!(await app.database.write((d) => markHandedOver(d, { token: claim.token })))) throw new ClaimLost();
    wasHandedOver = true;
  };
  try {
    return await channel.send({ ...claim, groups }, handOver);
  } catch (err) {
    app.log.error({ err, channel: claim.channel }, 'a message could not be made');
    return wasHandedOver ? { kind: 'unsure', code: 'fault' } : { kind: 'refused', code: 'fault', isServerDown: false };
  }
}

/** What one sender sends: no way waits for another. */
type Lane = { isUrgent: boolean; channel: ChannelName };

/** One message. `rest`: its server does not answer. */
async function deliverNext(app: AppProcess, of: Lane, clock: () => number): Promise<'nothing' | 'sent' | 'rest'> {
  if (!(await app.database.read((d) => findDue(d, { ...of, nowMs: clock() })))) return 'nothing';
  const { waysOf } = app.channels;
  const asks = { ...of, token: randomUUID(), leaseMs: LEASE_MS, waysOf };
  const claim = await runAsServer(app, { act: null, nowMs: clock() }, (d, work) => claimMessage(d, work, asks));
  if (claim === 'nothing') return 'nothing';
  if (claim === 'dropped') return 'sent';
  const outcome = await send(app, claim);
  await runAsServer(app, { act: null, nowMs: clock() }, (d, work) => settleMessage(d, work, { claim, outcome }));
  if (outcome.kind !== 'sent')
    app.log.warn({ channel: claim.channel, outcome: outcome.kind, code: outcome.code }, 'a message was not taken');
  return outcome.kind === 'refused' && outcome.isServerDown ? 'rest' : 'sent';
}

/**
 * A turn of sending what is due by one way. Urgent news has a sender of its own, which no slow letter of others holds up;
 * with the rest there are never more than four connections for each way.
 */
export function createSender(app: AppProcess, { senders, ...lane }: Lane & { senders: number }) {
  let failures = 0;
  let restUntil = 0;
  return async ({ clock, signal }: Worker): Promise<void> => {
    if (!app.channels.all.some(({ name }) => name === lane.channel) || clock() < restUntil) return;
    let isResting = false;
    const sender = async () => {
      while (!signal.aborted && !isResting) {
        await othersFirst();
        const did = await deliverNext(app, lane, clock);
        if (did === 'nothing') return;
        if (did === 'rest') isResting = true;
        else failures = 0;
      }
    };
    await Promise.all(Array.from({ length: senders }, sender));
    if (!isResting) return;
    failures++;
    if (!lane.isUrgent) restUntil = clock() + Math.min(REST_MAX_MS, REST_MS * 2 ** Math.min(failures, 10));
  };
}
