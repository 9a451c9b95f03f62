'use client';

import Link from 'next/link';
import { useSay } from '#client/device/say';
import { useWallClock } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { useNameOf } from '#client/program/use-name-of';
import { NotOffered } from '#components/practice/not-offered';
import { Waiting } from '#components/practice/waiting';
import { Pose } from '#components/program/pose';
import { ScheduleText } from '#components/program/schedule-text';
import { doseSentence } from '#domain/program/dose-words';
import type { FirstState, Planned } from './planned';
import { useOthers } from './use-others';

/** Where the focus goes once what was saved of an exercise has been said. */
export const rowId = (lineageId: string) => `row-${lineageId}`;

export function ProgramList({
  plan,
  onLog,
}: {
  plan: readonly Planned[];
  onLog(planned: Planned, firstState: FirstState): void;
}) {
  const t = useTranslations('today');
  return (
    <ol className="grid gap-2" aria-label={t('list')}>
      {plan.map((planned) => (
        <ProgramRow
          key={planned.prescription.lineageId}
          planned={planned}
          onLog={(firstState) => onLog(planned, firstState)}
        />
      ))}
    </ol>
  );
}

function ProgramRow({ planned, onLog }: { planned: Planned; onLog(firstState: FirstState): void }) {
  const t = useTranslations('today');
  const s = useTranslations('stop');
  const say = useSay();
  const nameOf = useNameOf();
  const timeOf = useWallClock();
  const { prescription, due, stop, waits } = planned;
  const name = nameOf(prescription);
  const others = useOthers()({ partly: due.slotsPartial, skipped: due.slotsSkipped });
  const counted = t('doneCount', { done: due.slotsDone - due.slotsPartial, total: due.slotsTotal });
  const words = due.state === 'rest_day' ? t('resting') : [counted, ...others].join(', ');
  return (
    <li className="card flex flex-wrap items-center gap-3 p-3" id={rowId(prescription.lineageId)} tabIndex={-1}>
      <Pose id={`row-${prescription.id}`} frames={prescription.pose.slice(0, 1)} size={48} />
      <span className="min-w-0 grow">
        <strong className="block leading-tight">{name}</strong>
        <span className="muted block">{say(doseSentence(prescription.dose))}</span>
        <span className="muted block">
          <ScheduleText schedule={prescription.dose.schedule} />
        </span>
        {stop ? (
          <span className="block font-bold text-stop">
            {stop.pain === null ? s('row.stopped') : s('row.stoppedAt', { pain: stop.pain })}
          </span>
        ) : null}
        {due.state === 'later' && due.nextSlot?.dueMinute != null ? (
          <span className="block">{t('later', { time: timeOf(due.nextSlot.dueMinute) })}</span>
        ) : null}
        <span className={due.state === 'done' && others.length === 0 ? 'state good' : 'muted'}>{words}</span>
      </span>
      {stop ? <NotOffered stop={stop} name={name} /> : null}
      {waits && !stop ? <Waiting name={name} /> : null}
      {due.state === 'due' && stop === null && !waits ? (
        <span className="grid w-full grid-cols-[auto_minmax(0,1fr)] gap-2">
          <Link
            className="btn quiet min-h-12 px-3"
            href={`/practice/${prescription.lineageId}`}
            prefetch={false}
            aria-label={t('startNamed', { name })}
          >
            {t('start')}
          </Link>
          <button
            type="button"
            className="btn plain min-h-12"
            aria-label={t('doneNamed', { name })}
            onClick={() => onLog('done')}
          >
            {t('done')}
          </button>
          <button
            type="button"
            className="btn plain col-span-2 min-h-12"
            aria-label={t('partlyNamed', { name })}
            onClick={() => onLog('partial')}
          >
            {t('partly')}
          </button>
        </span>
      ) : null}
    </li>
  );
}
