'use client';

import { OctagonAlert } from 'lucide-react';
import { useFormatter } from 'next-intl';
import { useState } from 'react';
import { useHydratedOutbox } from '#client/device/account-outbox';
import { useTranslations } from '#client/device/words/translations';
import { type Day, useDay } from '#client/practice/day-pack';
import { NOT_ANSWERED, redFlagAnswers } from '#client/practice/red-flag-answers';
import { useUrgentWords } from '#client/practice/urgent-words';
import { RedFlagQuestions } from '#components/practice/red-flag-questions';
import { Ring } from '#components/practice/ring';
import type { MessageClinic } from '#domain/contact/thread-view';
import type { AlarmsFound } from '#domain/practice/alarm-words';

type AlarmNoteProps = { found: AlarmsFound; clinic: MessageClinic | null; userId: string };

/**
 * Beside words that alarm, while they are written and until they are answered: whom to ring now, and the questions by which
 * the clinic learns more. Without a line too; of a phone that never read its messages by what its day knows.
 */
export function AlarmNote({ found, clinic, userId }: AlarmNoteProps) {
  const { day } = useDay(userId);
  const isCrisis = found.crisis.length > 0;
  if (!isCrisis && found.alarm.length === 0) return null;
  const reach = clinic ? { ...clinic, opening: clinic.rules } : (day?.pack.clinic ?? null);
  return (
    <section className="grid gap-4 rounded-[var(--r-l)] bg-stop-wash p-4">
      <Said found={found} crisisText={clinic?.words.crisisText ?? null} />
      {reach ? <Ring clinic={reach} call={isCrisis ? 'emergency' : 'clinic'} /> : null}
      {day && !isCrisis ? <Questions day={day} /> : null}
    </section>
  );
}

function Said({ found, crisisText }: { found: AlarmsFound; crisisText: string | null }) {
  const t = useTranslations('messages.alarm');
  const format = useFormatter();
  useUrgentWords(true);
  const isCrisis = found.crisis.length > 0;
  const words = format.list(found.alarm.map((word) => t('quoted', { word })));
  return (
    <>
      <p className="flex items-start gap-3 text-[1.25rem] font-bold text-stop">
        <OctagonAlert size={28} aria-hidden="true" className="shrink-0" />
        {isCrisis ? t('crisis') : t('said', { words })}
      </p>
      <p className="whitespace-pre-wrap">{isCrisis ? (crisisText ?? t('crisisText')) : t('lead')}</p>
    </>
  );
}

/** The same questions as everywhere: each answers at its tick, and is on its way to the clinic. */
function Questions({ day }: { day: Day }) {
  const t = useTranslations('messages.alarm');
  const outbox = useHydratedOutbox();
  const [isOpen, setOpen] = useState(false);
  const [state, setState] = useState(NOT_ANSWERED);
  const where = { place: 'today', subjectId: null, lineageId: null } as const;
  const answers = redFlagAnswers({ outbox, day, where, state, onChange: setState });
  if (!isOpen)
    return (
      <button type="button" className="btn quiet xl" onClick={() => setOpen(true)}>
        {t('questions')}
      </button>
    );
  return (
    <RedFlagQuestions
      value={answers.value}
      clinic={day.pack.clinic}
      onTick={answers.tick}
      onUntick={answers.untick}
      onNone={answers.none}
    />
  );
}
