import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useOneAtATime } from '#client/device/one-at-a-time';
import { instantOf, type TypedTime, typedAt, zoneOf } from '#components/visit/visit-time';
import { type LocalDay, localDay } from '#domain/time/local-day';
import type { WallTime } from '#domain/time/wall-time';
import { instantAt, stepped } from '#domain/visit/week-grid';
import type { GridVisit } from './use-week';

/** A visit on its way to another time: aimed at, or let go there and asked about. */
export type Aim = { visit: GridVisit; typed: TypedTime; step: 'aiming' | 'asking' };

/** What became of the last move: where the visit was and is, or why it stays. */
export type Outcome =
  | { kind: 'moved'; visit: GridVisit; at: number; sequence: number }
  | { kind: 'stays'; visit: GridVisit; reason: string };

type Moved = { visit: GridVisit; to: number; sequence: number };
type Where = { timeZone: string; follow(day: LocalDay): void };

/** The move as the record has it, or why it is none. */
function useSaved() {
  const trpc = useTRPC();
  const reschedule = useMutation(trpc.visits.reschedule.mutationOptions());
  async function saved({ visit, to, sequence }: Moved): Promise<Outcome> {
    try {
      const { id: visitId, durationMinutes } = visit;
      const answer = await reschedule.mutateAsync({ visitId, startsAt: to, durationMinutes, sequence });
      return { kind: 'moved', visit, at: to, sequence: answer.sequence };
    } catch (error) {
      return { kind: 'stays', visit, reason: problemOf(error).reason };
    }
  }
  return { saved, isBusy: reschedule.isPending };
}

/** One visit of the calendar that is moved; nothing is saved before it was asked. */
export function useMoving({ timeZone, follow }: Where) {
  const queryClient = useQueryClient();
  const [aim, setAim] = useState<Aim | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const { saved, isBusy } = useSaved();
  const patient = aim && { name: aim.visit.patientName, timeZone: aim.visit.patientTimeZone };
  const at = aim && instantOf(aim.typed, zoneOf(aim.typed, patient, timeZone));

  function aimAt(visit: GridVisit, instant: number, step: Aim['step']) {
    setOutcome(null);
    setAim({ visit, typed: typedAt(instant, timeZone), step });
  }
  const move = {
    async mutateAsync({ visit, to, sequence }: Moved) {
      const became = await saved({ visit, to, sequence });
      // The block goes to where the record has it, whatever became of it.
      await queryClient.invalidateQueries();
      setAim(null);
      setOutcome(became);
    },
  };
  const moveOnce = useOneAtATime(move);
  // A gate of its own: who sees at once that it was wrong is not taken for the second half of a double click.
  const undoOnce = useOneAtATime(move);

  return {
    ...{ aim, at, outcome, isBusy },
    begin: (visit: GridVisit) => aimAt(visit, visit.startsAt, 'aiming'),
    drag: (visit: GridVisit, wall: WallTime) => aimAt(visit, instantAt(wall, timeZone), 'aiming'),
    step(by: { days?: number; steps?: number }) {
      if (!aim) return;
      const next = stepped(at ?? aim.visit.startsAt, by, timeZone);
      aimAt(aim.visit, next, 'aiming');
      follow(localDay(next, timeZone));
    },
    type(typed: TypedTime) {
      if (!aim) return;
      setAim({ ...aim, typed });
      const typedAs = instantOf(typed, zoneOf(typed, patient, timeZone));
      if (typedAs !== null) follow(localDay(typedAs, timeZone));
    },
    // Of what was aimed at last: a quick hand lets go before that was drawn.
    ask: () => setAim((last) => last && { ...last, step: 'asking' }),
    /** It stands where it was, and that is on screen again. */
    giveBack() {
      if (aim) follow(localDay(aim.visit.startsAt, timeZone));
      setAim(null);
    },
    save() {
      if (aim && at !== null) moveOnce({ visit: aim.visit, to: at, sequence: aim.visit.sequence });
    },
    undo() {
      if (outcome?.kind !== 'moved') return;
      const { visit, sequence, at: was } = outcome;
      undoOnce({ visit: { ...visit, startsAt: was }, to: visit.startsAt, sequence });
    },
  };
}

export type Moving = ReturnType<typeof useMoving>;
