'use client';

import { OctagonAlert } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useSay } from '#client/device/say';
import { useTranslations } from '#client/device/words/translations';
import { useUrgentWords } from '#client/practice/urgent-words';
import type { Delivery } from '#client/practice/use-delivery';
import type { DayPack } from '#domain/practice/day-pack';
import { callFor, isStopAct, type PainAnswer, type RedFlag } from '#domain/practice/pain-policy';
import { Ring } from './ring';

type PainWordsProps = {
  answer: PainAnswer;
  /** Those that were answered "yes": they say whom to ring. */
  redFlags?: readonly RedFlag[];
  clinic: DayPack['clinic'];
  delivery: Delivery;
  /** What else can be said or taken back, between the words and the way on. */
  children?: ReactNode;
  closeLabel: string;
  onClose(): void;
};

/** What the pain means and what to do now, before anything is sent. The number to ring is one tap away. */
export function PainWords({ answer, redFlags = [], clinic, delivery, children, closeLabel, onClose }: PainWordsProps) {
  const say = useSay();
  const words = useRef<HTMLDivElement>(null);
  // The words take the place of what was being filled in: reading goes on here, not behind a button that is gone.
  useEffect(() => words.current?.focus(), []);
  const calls = isStopAct(answer.act);
  useUrgentWords(calls);
  return (
    <div className="grid gap-4">
      <div ref={words} tabIndex={-1} role="alert" className="grid gap-4 outline-none">
        <p
          className={`flex items-start gap-3 rounded-[var(--r-l)] p-4 text-[1.25rem] font-bold ${calls ? 'bg-stop-wash text-stop' : 'bg-care-wash text-care'}`}
        >
          <OctagonAlert size={28} aria-hidden="true" className="shrink-0" />
          {say({ key: answer.key, values: answer.values })}
        </p>
      </div>
      {calls ? <Ring clinic={clinic} call={callFor(redFlags) ?? 'clinic'} /> : null}
      <DeliveryWords delivery={delivery} calls={calls} />
      {children}
      <button type="button" className="btn quiet xl" onClick={onClose}>
        {closeLabel}
      </button>
    </div>
  );
}

/** Whether the clinic has it: where it does not, and somebody must act, the words say to ring. */
export function DeliveryWords({ delivery, calls }: { delivery: Delivery; calls: boolean }) {
  const t = useTranslations('stop');
  const isLate =
    delivery === 'waiting' || delivery === 'not_sent' || delivery === 'page_only' || delivery === 'not_kept';
  const key = calls && isLate ? (`${delivery}Ring` as const) : delivery;
  return (
    <p role="status" className={calls && isLate ? 'font-bold text-stop' : 'muted'}>
      {t(`delivery.${key}`)}
    </p>
  );
}
