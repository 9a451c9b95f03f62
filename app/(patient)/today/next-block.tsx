'use client';

import { Play } from 'lucide-react';
import Link from 'next/link';
import { useSay } from '#client/device/say';
import { useTranslations } from '#client/device/words/translations';
import { useDigits, useNameOf } from '#client/program/use-name-of';
import { Pose } from '#components/program/pose';
import { doseSentence } from '#domain/program/dose-words';
import type { Planned } from './planned';

/** The one dark block: the next exercise, its dose in a sentence, and two ways to do it. */
export function NextBlock({ next, onDone }: { next: Planned; onDone(): void }) {
  const t = useTranslations('today');
  const say = useSay();
  const nameOf = useNameOf();
  const digitsOf = useDigits();
  const { prescription, due } = next;
  const name = nameOf(prescription);
  return (
    <section className="next-block grid gap-3 p-5" aria-label={t('next')}>
      <p className="font-bold text-citron">
        {t('next')}
        {due.slotsTotal > 1 ? `, ${t('doneToday', { done: due.slotsDone, total: due.slotsTotal })}` : ''}
      </p>
      <div className="flex items-start gap-3">
        <div className="grow">
          <h2 className="text-[1.75rem] font-extrabold">{prescription.text.name}</h2>
          <p>{say(doseSentence(prescription.dose))}</p>
          <p>{[t('hand', { side: prescription.side }), digitsOf(prescription.digits)].filter(Boolean).join('. ')}</p>
        </div>
        <Pose id={`next-${prescription.id}`} frames={prescription.pose.slice(0, 1)} size={104} />
      </div>
      {prescription.notePatient ? <p className="note">{prescription.notePatient}</p> : null}
      <div className="grid gap-2.5 sm:grid-cols-[1fr_1.4fr]">
        <Link
          className="btn primary xl"
          href={`/practice/${prescription.lineageId}`}
          prefetch={false}
          aria-label={t('startNamed', { name })}
        >
          <Play aria-hidden="true" /> {t('start')}
        </Link>
        <button type="button" className="btn quiet xl" aria-label={t('doneNamed', { name })} onClick={onDone}>
          {t('done')}
        </button>
      </div>
    </section>
  );
}
