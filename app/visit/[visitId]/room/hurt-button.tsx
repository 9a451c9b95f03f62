'use client';

import { OctagonAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { useHydratedOutbox } from '#client/device/account-outbox';
import type { VisitRoom } from '#client/visit/use-live-visit';

/** A second tap of the same moment is the same pain. */
const SAME_MS = 2000;

/** One tap, at any time: what counts stops, the clinician sees it, and it stays in the record as a flag. */
export function HurtButton({ visit, onHurt }: { visit: VisitRoom['visit']; onHurt?: () => void }) {
  const t = useTranslations('visit');
  const outbox = useHydratedOutbox();
  const said = useRef({ opId: '', at: 0 });
  const [state, setState] = useState<'on_the_way' | 'heard' | null>(null);
  useEffect(
    () =>
      outbox?.onSent((item) => {
        if (item.id === said.current.opId) setState('heard');
      }),
    [outbox],
  );
  const name = visit.clinicianName.split(' ')[0] ?? '';
  function say() {
    onHurt?.();
    const now = Date.now();
    if (!outbox || now - said.current.at < SAME_MS) return;
    said.current = { opId: uuidv7(), at: now };
    setState('on_the_way');
    void outbox.add('it_hurts', said.current.opId, { visitId: visit.id, opId: said.current.opId, saidAt: now });
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
    </>
  );
}
