'use client';

import { OctagonAlert } from 'lucide-react';
import { useHydratedOutbox, useOutboxState } from '#client/device/account-outbox';
import { useSay } from '#client/device/say';
import { useTranslations } from '#client/device/words/translations';
import { useUrgentWords } from '#client/practice/urgent-words';
import type { DayPack } from '#domain/practice/day-pack';
import { callFor, RED_FLAG_QUESTIONS, type RedFlag, redFlagAnswer } from '#domain/practice/pain-policy';
import { Ring } from './ring';

type RedFlagQuestionsProps = {
  /** null = not answered; [] = "None of these". */
  value: readonly RedFlag[] | null;
  clinic: DayPack['clinic'];
  onTick(flag: RedFlag): void;
  onUntick(flag: RedFlag): void;
  onNone(none: boolean): void;
};

/** Each answers at its tick, right below it, whatever else is missing. The emergency comes first. */
export function RedFlagQuestions({ value, clinic, onTick, onUntick, onNone }: RedFlagQuestionsProps) {
  const t = useTranslations('stop');
  const say = useSay();
  const { onPageOnly } = useOutboxState(useHydratedOutbox());
  return (
    <fieldset className="grid gap-2">
      <legend className="label mb-2">{t('redFlags')}</legend>
      {RED_FLAG_QUESTIONS.map(({ code, key }) => {
        const isTicked = value?.includes(code) ?? false;
        return (
          <div key={code} className="grid gap-2">
            <label className="flex min-h-12 items-center gap-3 py-1">
              <input
                type="checkbox"
                className="size-7 shrink-0 accent-action"
                checked={isTicked}
                onChange={(event) => (event.target.checked ? onTick(code) : onUntick(code))}
              />
              {say({ key })}
            </label>
            {isTicked ? <TickWords flag={code} clinic={clinic} /> : null}
          </div>
        );
      })}
      <label className="flex min-h-12 items-center gap-3 py-1">
        <input
          type="checkbox"
          className="size-7 shrink-0 accent-action"
          checked={value?.length === 0}
          onChange={(event) => onNone(event.target.checked)}
        />
        {t('noneOfThese')}
      </label>
      {onPageOnly > 0 ? (
        <p role="alert" className="problem">
          {t('delivery.page_only')}
        </p>
      ) : null}
    </fieldset>
  );
}

function TickWords({ flag, clinic }: { flag: RedFlag; clinic: DayPack['clinic'] }) {
  useUrgentWords(true);
  const say = useSay();
  const { key, values } = redFlagAnswer([flag]);
  return (
    <div role="alert" className="grid gap-2.5 rounded-[var(--r-l)] bg-stop-wash p-4">
      <p className="flex items-start gap-3 text-[1.25rem] font-bold text-stop">
        <OctagonAlert size={28} aria-hidden="true" className="shrink-0" />
        {say({ key, values })}
      </p>
      <Ring clinic={clinic} call={callFor([flag]) ?? 'clinic'} />
    </div>
  );
}
