'use client';

import { OctagonAlert } from 'lucide-react';
import { useState } from 'react';
import { deviceNow } from '#client/api/device-clock';
import { useTranslations } from '#client/device/words/translations';
import type { Day } from '#client/practice/day-pack';
import { HurtScreen } from '#components/practice/hurt-screen';

const OF_THE_HAND = { place: 'today', subjectId: null, lineageId: null } as const;

/** "It hurts", said of the hand as a whole. */
export function Hurts({ day }: { day: Day }) {
  const t = useTranslations('stop');
  /** When it was pressed: each press is a saying of its own. */
  const [hurting, setHurting] = useState<number | null>(null);
  if (hurting === null)
    return (
      <button type="button" className="btn stop xl mt-4 w-full" onClick={() => setHurting(deviceNow())}>
        <OctagonAlert aria-hidden="true" /> {t('itHurts')}
      </button>
    );
  const close = () => setHurting(null);
  return <HurtScreen key={hurting} day={day} where={OF_THE_HAND} what={null} onDone={close} onSlip={close} />;
}
