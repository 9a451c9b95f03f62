'use client';

import { Play } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useMinute } from '#client/device/clock/use-clock-turn';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { type Counted, forgetCounted } from '#client/practice/counted';
import type { Day } from '#client/practice/day-pack';
import { useNameOf } from '#client/program/use-name-of';
import { ConfirmedDelete } from '#components/form/confirmed-delete';
import { useCountedWords } from '#components/practice/counted-words';
import { LogSheet } from '#components/practice/log-sheet';
import type { PackPrescription } from '#domain/practice/day-pack';
import { stopOn } from '#domain/practice/stop';
import { isWaiting, restrictionsOn } from '#domain/practice/waiting';
import { localDay } from '#domain/time/local-day';

type CountedHereProps = { day: Day; counted: readonly Counted[]; onChanged(): void };

/** What the player counted and nobody logged: named, to be logged, gone on with, or let go. */
export function CountedHere({ day, counted, onChanged }: CountedHereProps) {
  const t = useTranslations('counted');
  const nameOf = useNameOf();
  const [logging, setLogging] = useState<{ counted: Counted; prescription: PackPrescription } | null>(null);
  const known = counted.flatMap((one) => {
    const prescription =
      one.prescription ?? day.pack.prescriptions.find(({ lineageId }) => lineageId === one.lineageId);
    return prescription ? [{ counted: one, prescription }] : [];
  });
  const letGo = ({ lineageId }: Counted) => {
    forgetCounted(lineageId);
    onChanged();
  };
  return (
    <>
      {known.length > 0 ? (
        <section className="grid gap-3" aria-labelledby="counted">
          <h2 id="counted" className="section-title">
            {t('title')}
          </h2>
          <ul className="grid gap-3" aria-labelledby="counted">
            {known.map((one) => (
              <CountedCard
                key={one.counted.lineageId}
                {...one}
                day={day}
                onLog={() => setLogging(one)}
                onLetGo={() => letGo(one.counted)}
              />
            ))}
          </ul>
        </section>
      ) : null}
      {logging ? (
        <LogSheet
          day={day}
          prescription={logging.prescription}
          name={nameOf(logging.prescription)}
          slot={logging.counted.slot}
          source="player"
          counted={logging.counted}
          onSaved={() => letGo(logging.counted)}
          onDelete={() => {
            letGo(logging.counted);
            setLogging(null);
          }}
          onClose={() => setLogging(null)}
        />
      ) : null}
    </>
  );
}

type CountedCardProps = {
  day: Day;
  counted: Counted;
  prescription: PackPrescription;
  onLog(): void;
  onLetGo(): void;
};

function CountedCard({ day, counted, prescription, onLog, onLetGo }: CountedCardProps) {
  const t = useTranslations('counted');
  const wordsOf = useCountedWords();
  const { timeZone } = day.pack.patient;
  const name = useNameOf()(prescription);
  const when = useWhen(timeZone)(counted.endedAt, 'full');
  const today = localDay(useMinute(), timeZone);
  const isOfToday = localDay(counted.endedAt, timeZone) === today;
  const inForce = day.pack.prescriptions.find(({ lineageId }) => lineageId === counted.lineageId);
  const isOffered = inForce !== undefined && !isWaiting(inForce, restrictionsOn(day.pack.restrictions, today));
  const mayGoOn = counted.run && isOfToday && isOffered && stopOn(counted.lineageId, day.stops) === null;
  return (
    <li className="card grid gap-3 p-4">
      <div>
        <strong className="block">{name}</strong>
        <span className="block">{t('line', { what: wordsOf(counted.sets) })}</span>
        <span className="muted block">{when}</span>
      </div>
      <button type="button" className="btn primary min-h-12" aria-label={t('logNamed', { name })} onClick={onLog}>
        {t('log')}
      </button>
      {mayGoOn ? (
        <Link
          className="btn quiet min-h-12"
          href={`/practice/${counted.lineageId}`}
          prefetch={false}
          aria-label={t('goOnNamed', { name })}
        >
          <Play aria-hidden="true" /> {t('goOn')}
        </Link>
      ) : null}
      <ConfirmedDelete
        label={t('letGo')}
        named={t('letGoNamed', { name })}
        question={t('letGoAsk')}
        onDelete={onLetGo}
      />
    </li>
  );
}
