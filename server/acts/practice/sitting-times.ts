import 'server-only';
import type { LogRow } from '#db/queries/practice/logs';
import type { Log, Practice } from '#domain/practice/log';
import type { DeviceClock } from '#domain/time/device-clock';
import { HOUR_MS } from '#domain/time/duration';
import { localDay } from '#domain/time/local-day';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

export type Sitting = { practice: Practice | null; logs: Log[]; clock?: DeviceClock | undefined };

/** `device…At`: what the device's clock said, where it was wrong; else null. */
export type TimedPractice = Practice & { deviceStartedAt: number | null; deviceEndedAt: number | null };
export type TimedLog = Log & { saidAt: number; devicePerformedAt: number | null; deviceSaidAt: number | null };
export type TimedSitting = { practice: TimedPractice | null; logs: TimedLog[] };

/** Longer, and a clock was set meanwhile. */
const SITTING_MAX_MS = 12 * HOUR_MS;

/** A sitting with its times put right; none is refused for its clock. */
export function rightSitting(
  work: UnitOfWork,
  { practice, logs, clock }: Sitting,
  { timeZone, corrected }: { timeZone: string; corrected: ReadonlyMap<string, LogRow> },
): TimedSitting {
  const added = clock?.offsetMs ?? 0;
  const beforeOf = ({ supersedesId }: Log) => corrected.get(supersedesId ?? '');
  // A correction is of the time of its log, which was put right before.
  const keeps = (log: Log) => {
    const before = beforeOf(log);
    return log.performedAt === before?.performedAt || log.performedAt - added === before?.devicePerformedAt;
  };
  const times = [
    ...(practice ? [practice.endedAt ?? practice.startedAt] : []),
    ...logs.flatMap((log) => (keeps(log) ? [] : [log.performedAt])),
    ...logs.flatMap(({ saidAt }) => (saidAt === undefined ? [] : [saidAt])),
  ];
  const right = work.rightClock({ times: times.length > 0 ? times : [work.nowMs], clock });
  const timed = logs.map((log): TimedLog => {
    const before = keeps(log) ? beforeOf(log) : undefined;
    const performed = before ? { at: before.performedAt, deviceAt: before.devicePerformedAt } : right(log.performedAt);
    // Devices of earlier builds do not say when it was entered.
    const said = log.saidAt === undefined ? { at: performed.at, deviceAt: null } : right(log.saidAt);
    return {
      ...log,
      performedAt: performed.at,
      devicePerformedAt: performed.deviceAt,
      saidAt: said.at,
      deviceSaidAt: said.deviceAt,
    };
  });
  return { practice: practice && timePractice(practice, { right, added, timeZone }), logs: timed };
}

type Righting = { right: ReturnType<UnitOfWork['rightClock']>; added: number; timeZone: string };

function timePractice(practice: Practice, { right, added, timeZone }: Righting): TimedPractice {
  const started = right(practice.startedAt);
  if (practice.endedAt === null) {
    const localOn = started.deviceAt === null ? practice.localOn : localDay(started.at, timeZone);
    return { ...practice, localOn, startedAt: started.at, deviceStartedAt: started.deviceAt, deviceEndedAt: null };
  }
  const ended = right(practice.endedAt);
  const lastedMs = practice.endedAt - practice.startedAt;
  const isKnown = lastedMs >= 0 && lastedMs <= SITTING_MAX_MS && ended.at >= started.at;
  const isMarked = !isKnown || ended.deviceAt !== null || started.deviceAt !== null;
  return {
    ...practice,
    localOn: isMarked ? localDay(ended.at, timeZone) : practice.localOn,
    startedAt: isKnown ? started.at : ended.at,
    // How long it took is not known where the clock was set meanwhile.
    endedAt: isKnown ? ended.at : null,
    deviceStartedAt: isMarked ? practice.startedAt - added : null,
    deviceEndedAt: isMarked ? practice.endedAt - added : null,
  };
}
