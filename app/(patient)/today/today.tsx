'use client';

import { useState } from 'react';
import { useLoaded } from '#client/api/use-loaded';
import { useMinute } from '#client/device/clock/use-clock-turn';
import { useOfflinePages } from '#client/device/offline-pages';
import { useTranslations } from '#client/device/words/translations';
import { type Day, useDay } from '#client/practice/day-pack';
import { useCountedHere } from '#client/practice/use-run';
import { useNameOf } from '#client/program/use-name-of';
import { LogSheet } from '#components/practice/log-sheet';
import { ReachClinic } from '#components/practice/reach-clinic';
import { StopCard } from '#components/practice/stop-card';
import type { HeldStop } from '#domain/practice/said';
import { localDay } from '#domain/time/local-day';
import { CountedHere } from './counted-here';
import { FirstDay } from './first-day';
import { Greeting } from './greeting';
import { Hurts } from './hurts';
import { MorningCheck } from './morning-check';
import { Notes } from './news';
import { NextBlock } from './next-block';
import { type FirstState, type Planned, planOf } from './planned';
import { ProgramList, rowId } from './program-rows';
import { SavedBar } from './saved-bar';

const loadRestricted = () => import('#components/practice/restricted').then(({ Restricted }) => Restricted);

/** One card for each thing that was said; what stops everything stands first. */
function shownStops(stops: readonly HeldStop[]): HeldStop[] {
  const first = [...stops].sort((a, b) =>
    a.severity === b.severity ? a.saidAt - b.saidAt : a.severity === 'urgent' ? -1 : 1,
  );
  return first.filter(({ sourceId }, index) => first.findIndex((one) => one.sourceId === sourceId) === index);
}

export function Today({ userId }: { userId: string }) {
  const t = useTranslations('today');
  const { day, empty } = useDay(userId);
  useOfflinePages(userId, day?.pack.prescriptions.map((one) => one.lineageId) ?? null);
  if (!day) return <p role="status">{empty ? t('offline') : t('loading')}</p>;
  return <TodayOf day={day} />;
}

type Logging = { planned: Planned; firstState: FirstState };

function TodayOf({ day }: { day: Day }) {
  const [logging, setLogging] = useState<Logging | null>(null);
  const { patient, prescriptions } = day.pack;
  const { counted, readAgain } = useCountedHere(
    patient.id,
    prescriptions.map(({ lineageId }) => lineageId),
  );
  const nameOf = useNameOf();
  const named = (lineageId: string | null) => {
    const prescription = prescriptions.find((one) => one.lineageId === lineageId);
    return prescription ? nameOf(prescription) : null;
  };
  const nowMs = useMinute();
  const plan = planOf(day, nowMs);
  const next = plan.find(({ due, stop, waits }) => due.state === 'due' && stop === null && !waits) ?? null;
  // For most hands there is none: what writes it is fetched when there is.
  const Restricted = useLoaded(day.pack.restrictions.length > 0 ? loadRestricted : null);
  const today = localDay(nowMs, patient.timeZone);
  const log = (planned: Planned, firstState: FirstState) => setLogging({ planned, firstState });
  return (
    <div className="two-columns pt-1">
      <div>
        <Greeting day={day} plan={plan} nowMs={nowMs} />
        <MorningCheck day={day} today={today} />
        {shownStops(day.stops).map((stop) => (
          <StopCard key={stop.sourceId} stop={stop} exercise={named(stop.lineageId)} day={day} />
        ))}
        {Restricted ? <Restricted restrictions={day.pack.restrictions} today={today} /> : null}
        <CountedHere day={day} counted={counted} onChanged={readAgain} />
        {next ? <NextBlock next={next} onDone={() => log(next, 'done')} /> : null}
        <Notes day={day} />
      </div>
      <div>
        {plan.length > 0 ? <ProgramList plan={plan} onLog={log} /> : <FirstDay clinicName={day.pack.clinic.name} />}
        <Hurts day={day} />
        <ReachClinic clinic={day.pack.clinic} />
        <SavedBar nameOf={(lineageId) => named(lineageId) ?? ''} rowOf={rowId} onUndone={readAgain} />
      </div>
      {logging ? (
        <LogSheet
          day={day}
          prescription={logging.planned.prescription}
          name={nameOf(logging.planned.prescription)}
          slot={logging.planned.due.nextSlot?.slot ?? null}
          source="quick"
          firstState={logging.firstState}
          onClose={() => setLogging(null)}
        />
      ) : null}
    </div>
  );
}
