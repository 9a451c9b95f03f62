import 'server-only';
import type { Body, Db } from '#db/body';
import { type DeliveryRow, type Settled, settleDeliveries } from '#db/queries/contact/deliveries';
import { removeDeadAddress, saveDeadAddress } from '#db/queries/contact/person';
import { removeEndpoint } from '#db/queries/contact/push';
import type { Outcome } from '#domain/contact/message';
import { readPushAddress } from '#domain/contact/push';
import { isOver, retryAfterMs, UNSURE_MAX } from '#domain/contact/retry';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import type { Claim } from './claim';
import { mayStillArrive, undeliverable } from './undeliverable';

/** How a row stands after its message; its counts are those from before it was handed over. */
function changeOf(row: DeliveryRow, outcome: Outcome, nowMs: number): Settled {
  const { attempts, isUrgent, unsureCount, dueAt } = row;
  const runAt = nowMs + retryAfterMs(attempts, isUrgent);
  switch (outcome.kind) {
    case 'sent':
      return { state: 'sent', sentAt: nowMs, lastError: null };
    case 'dead':
      return { state: 'dead', lastError: outcome.code, unsureCount };
    case 'unsure': {
      const isLast = unsureCount + 1 >= UNSURE_MAX;
      return { state: isLast ? 'unsure' : 'queued', runAt, unsureCount: unsureCount + 1, lastError: outcome.code };
    }
    case 'refused': {
      if (isOver(dueAt, nowMs)) return { state: 'dead', lastError: 'given_up', unsureCount };
      // Others may join it, unless it is the repetition of one that may have arrived.
      const again = unsureCount === 0 ? { messageToken: null } : {};
      return { state: 'queued', runAt, lastError: outcome.code, unsureCount, ...again };
    }
  }
}

/** Writes down what became of a message, and lets somebody else hear of urgent news that will not arrive. */
export function* settleMessage(
  d: Db,
  work: UnitOfWork,
  { claim, outcome }: { claim: Claim; outcome: Outcome },
): Body<void> {
  const { token, rows, channel, userId } = claim;
  const { nowMs } = work;
  const [one] = rows;
  if (!one) return;
  const alike = new Map<string, DeliveryRow[]>();
  for (const row of rows) {
    const key = JSON.stringify(changeOf(row, outcome, nowMs));
    alike.set(key, [...(alike.get(key) ?? []), row]);
  }
  let settled = 0;
  for (const some of alike.values()) {
    const [first = one] = some;
    const ids = some.map(({ id }) => id);
    settled += yield* settleDeliveries(d, { token, ids, change: changeOf(first, outcome, nowMs) });
  }
  // Whoever lost the claim has nothing to say about it.
  if (settled === 0) return;
  const { clinicId, addressHash } = one;
  if (outcome.kind === 'sent') yield* removeDeadAddress(d, { userId, channel });
  const device = channel === 'push' ? readPushAddress(claim.to) : null;
  if (outcome.kind === 'dead' && device) yield* removeEndpoint(d, { userId, endpoint: device.endpoint });
  else if (outcome.kind === 'dead')
    yield* saveDeadAddress(d, { userId, channel, clinicId, addressHash, code: outcome.code, at: nowMs });
  if (claim.isUrgent && outcome.kind !== 'sent') yield* escalate(d, work, claim);
}

function* escalate(d: Db, work: UnitOfWork, { rows, audience }: Claim): Body<void> {
  for (const { noticeId, clinicId, userId } of rows) {
    const notice = { id: noticeId, clinicId, userId };
    const { sent, open } = yield* mayStillArrive(d, notice);
    if (!sent && !open) yield* undeliverable(d, work, { notice, audience });
  }
}
