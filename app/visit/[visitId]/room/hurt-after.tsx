'use client';

import { useDay } from '#client/practice/day-pack';
import { meaningOf, type SaidSymptoms } from '#client/practice/say-symptoms';
import { HurtScreen } from '#components/practice/hurt-screen';

/** A press that the visit's record has already. */
export type HurtPress = { opId: string; at: number; stored: Promise<void> };

/** `press` null = nobody pressed; the day is fetched meanwhile, since the press may come without a line. */
type HurtAfterProps = { press: HurtPress | null; visitId: string; userId: string; onDone(): void; onSlip(): void };

/** What is asked after the press, added to it; nothing where this device has no day, and so no number to ring. */
export function HurtAfter({ press, visitId, userId, onDone, onSlip }: HurtAfterProps) {
  const { day } = useDay(userId);
  if (!day || !press) return null;
  function begun(): SaidSymptoms | null {
    if (!day || !press) return null;
    const { opId, at: saidAt, stored } = press;
    const answer = meaningOf(day, null, { pain: null, redFlags: null }, saidAt);
    return { opId, checkId: opId, saidAt, answer, stored };
  }
  return (
    <HurtScreen
      key={press.opId}
      day={day}
      where={{ place: 'visit', subjectId: visitId, lineageId: null }}
      what={null}
      begun={begun}
      onDone={onDone}
      onSlip={onSlip}
    />
  );
}
