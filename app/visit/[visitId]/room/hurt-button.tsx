'use client';

import { OctagonAlert } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { deviceClock, deviceNow } from '#client/api/device-clock';
import { useHydratedOutbox } from '#client/device/account-outbox';
import { useTranslations } from '#client/device/words/translations';
import type { VisitRoom } from '#client/visit/use-live-visit';
import type { HurtAfter, HurtPress } from './hurt-after';

/** A second tap of the same moment is the same pain. */
const SAME_MS = 2000;

/**
 * What is asked after the press is no part of what a visit needs for its picture; it is fetched beside it, since the press may
 * come without a line. Tried again at each press.
 */
const fetchAfter = () => import('./hurt-after').then((module) => module.HurtAfter);

type HurtButtonProps = { visit: VisitRoom['visit']; userId: string; onHurt?: () => void };

/** One tap, at any time: what counts stops, the clinician sees it, and it stays in the record as a flag. */
export function HurtButton({ visit, userId, onHurt }: HurtButtonProps) {
  const t = useTranslations('visit');
  const outbox = useHydratedOutbox();
  const said = useRef<HurtPress | null>(null);
  const [After, setAfter] = useState<typeof HurtAfter | null>(null);
  const [state, setState] = useState<'on_the_way' | 'heard' | null>(null);
  const [asked, setAsked] = useState<HurtPress | null>(null);
  useEffect(() => {
    fetchAfter().then(
      (after) => setAfter(() => after),
      () => undefined,
    );
  }, []);
  useEffect(
    () =>
      outbox?.onSent((item) => {
        if (item.id === said.current?.opId) setState('heard');
      }),
    [outbox],
  );
  const name = visit.clinicianName;
  function say() {
    onHurt?.();
    const now = deviceNow();
    if (!outbox || now - (said.current?.at ?? 0) < SAME_MS) return;
    const opId = uuidv7();
    const stored = outbox.add('it_hurts', opId, { visitId: visit.id, opId, saidAt: now, clock: deviceClock() });
    stored.catch(() => undefined);
    said.current = { opId, at: now, stored };
    setState('on_the_way');
    setAsked(said.current);
    fetchAfter().then(
      (after) => setAfter(() => after),
      () => undefined,
    );
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
      {After ? (
        <After
          press={asked}
          visitId={visit.id}
          userId={userId}
          onDone={() => setAsked(null)}
          onSlip={() => {
            setState(null);
            setAsked(null);
          }}
        />
      ) : null}
    </>
  );
}
