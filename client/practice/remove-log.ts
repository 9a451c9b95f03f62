import { v7 as uuidv7 } from 'uuid';
import { deviceClock, deviceNow } from '#client/api/device-clock';
import type { Outbox, OutboxItem } from '#client/device/outbox';
import type { RemovalReason } from '#domain/practice/log';

const holds = ({ kind, input }: OutboxItem, logId: string) => kind === 'log' && JSON.stringify(input).includes(logId);

/**
 * Takes back a log that was made by mistake. It goes after the log, with or without a line: what may be on its way is
 * never fished out of the queue. What the clinic refused is nowhere else, and goes at once.
 */
export async function removeLog(outbox: Outbox, logId: string, reason: RemovalReason): Promise<void> {
  const refused = (await outbox.list()).find((item) => item.parked !== null && holds(item, logId));
  if (refused) return await outbox.discard(refused.id);
  const opId = uuidv7();
  await outbox.add('log_removed', opId, { opId, logId, reason, saidAt: deviceNow(), clock: deviceClock() });
}
