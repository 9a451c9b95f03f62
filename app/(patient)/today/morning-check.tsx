'use client';

import { useState } from 'react';
import { useHydratedOutbox } from '#client/device/account-outbox';
import { useTranslations } from '#client/device/words/translations';
import type { Day } from '#client/practice/day-pack';
import { type SaidSymptoms, saySymptoms } from '#client/practice/say-symptoms';
import { useDelivery } from '#client/practice/use-delivery';
import { AnswerGrid } from '#components/form/answer-grid';
import { PainWords } from '#components/practice/pain-words';
import { asksForMorning } from '#domain/practice/said';
import type { LocalDay } from '#domain/time/local-day';

/** Asked on a later morning, before what a day stopped goes on. No answer keeps it resting. */
export function MorningCheck({ day, today }: { day: Day; today: LocalDay }) {
  const t = useTranslations('stop.morning');
  const s = useTranslations('stop');
  const l = useTranslations('logSheet');
  const outbox = useHydratedOutbox();
  const [pain, setPain] = useState<number | null | undefined>(undefined);
  const [isMissing, setIsMissing] = useState(false);
  const [said, setSaid] = useState<SaidSymptoms | null>(null);
  const delivery = useDelivery(outbox, said?.opId ?? null, said?.stored ?? null);
  const isAsked = asksForMorning(day.stops, day.history.mornings, today);
  if (said && said.answer.act !== 'go_on' && said.answer.act !== 'ease_off')
    return (
      <section className="card p-4" aria-label={t('title')}>
        <PainWords
          answer={said.answer}
          clinic={day.pack.clinic}
          delivery={delivery}
          closeLabel={s('done')}
          onClose={() => setSaid(null)}
        />
      </section>
    );
  if (said)
    return (
      <p role="status" className="note">
        {t(day.stops.some(({ severity, saidOn }) => severity === 'red' && saidOn < today) ? 'notYet' : 'better')}
      </p>
    );
  if (!isAsked) return null;
  function save() {
    if (pain === undefined) return setIsMissing(true);
    if (!outbox) return;
    const where = { occasion: 'morning' as const, place: 'today' as const, subjectId: null, lineageId: null };
    const answer = saySymptoms(outbox, day, where, { pain, redFlags: null });
    answer.stored.catch(() => undefined);
    setSaid(answer);
  }
  return (
    <section className="card grid gap-3 p-4" aria-label={t('title')}>
      <AnswerGrid legend={t('title')} name="morning" low={s('low')} high={s('high')} value={pain} onChange={setPain} />
      <p className="muted">{t('lead')}</p>
      {isMissing && pain === undefined ? (
        <p role="alert" className="problem">
          {l('choosePain')}
        </p>
      ) : null}
      <button type="button" className="btn primary xl" onClick={save}>
        {t('save')}
      </button>
    </section>
  );
}
