'use client';

import { OctagonAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { useHydratedOutbox } from '#client/device/account-outbox';
import { useDay } from '#client/practice/day-pack';
import { meaningOf, type SaidSymptoms } from '#client/practice/say-symptoms';
import type { VisitRoom } from '#client/visit/use-live-visit';
import { HurtScreen } from '#components/practice/hurt-screen';

/** A second tap of the same moment is the same pain. */
const SAME_MS = 2000;

type HurtButtonProps = { visit: VisitRoom['visit']; userId: string; onHurt?: () => void };

/** One tap, at any time: what counts stops, the clinician sees it, and it stays in the record as a flag. */
export function HurtButton({ visit, userId, onHurt }: HurtButtonProps) {
  const t = useTranslations('visit');
  const outbox = useHydratedOutbox();
  const { day } = useDay(userId);
  const said = useRef<{ opId: string; at: number; stored: Promise<void> } | null>(null);
  const [state, setState] = useState<'on_the_way' | 'heard' | null>(null);
  const [isAsked, setIsAsked] = useState(false);
  useEffect(
    () =>
      outbox?.onSent((item) => {
        if (item.id === said.current?.opId) setState('heard');
      }),
    [outbox],
  );
  const name = visit.clinicianName.split(' ')[0] ?? '';
  function say() {
    onHurt?.();
    const now = Date.now();
    if (!outbox || now - (said.current?.at ?? 0) < SAME_MS) return;
    const opId = uuidv7();
    const stored = outbox.add('it_hurts', opId, { visitId: visit.id, opId, saidAt: now });
    stored.catch(() => undefined);
    said.current = { opId, at: now, stored };
    setState('on_the_way');
    setIsAsked(true);
  }
  /** The visit's record has it already: what the screen asks is added to that. */
  function begun(): SaidSymptoms | null {
    if (!day || !said.current) return null;
    const { opId, at, stored } = said.current;
    const answer = meaningOf(day, null, { pain: null, redFlags: null }, at);
    return { opId, checkId: opId, saidAt: at, answer, stored };
  }
  return (
    <>
      <button type="button" className="tool large hurts" onClick={say}>
        <OctagonAlert aria-hidden="true" />
        {t('itHurts')}
      </button>
      <p role="status" dir="auto" className="order-first col-span-full text-center font-bold empty:hidden">
        {state === null ? '' : t(state === 'heard' ? 'itHurtsHeard' : 'itHurtsOnTheWay', { name })}
      </p>
      {day && isAsked ? (
        <HurtScreen
          day={day}
          where={{ place: 'visit', subjectId: visit.id, lineageId: null }}
          what={null}
          begun={begun}
          onDone={() => setIsAsked(false)}
          onSlip={() => {
            setState(null);
            setIsAsked(false);
          }}
        />
      ) : null}
    </>
  );
}
