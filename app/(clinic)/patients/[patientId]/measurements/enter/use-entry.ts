import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { deviceClock, deviceNow } from '#client/api/device-clock';
import { problemOf, useTRPC } from '#client/api/trpc';
import { decimalOf } from '#domain/input/decimal';
import { specOf } from '#domain/record/catalogue';
import {
  cellsOf,
  EMPTY_CELL,
  type EntryCell,
  type EntryHow,
  type ReadCell,
  readCell,
  type TypedCell,
} from '#domain/record/entry';
import { type ForbiddenReason, forbiddenTest, type TestFacts } from '#domain/record/forbidden';
import { seriesKeyOf } from '#domain/record/series';
import { type ForceDoubt, type ForceUnit, forceDoubt } from '#domain/record/units';
import type { Measure } from '../reader';

/** A cell with all that is known of it while one types. */
export type FormCell = EntryCell & {
  readonly id: string;
  readonly typed: TypedCell;
  readonly read: ReadCell;
  readonly last: Measure | null;
  /** Why it is not to be tested; null = nothing says so. */
  readonly reasons: ForbiddenReason[] | null;
  /** It is not offered. */
  readonly isForbidden: boolean;
  readonly doubt: ForceDoubt | null;
  /** Of which trial the unit is doubted, as typed. */
  readonly doubted: string;
};

type Given = {
  how: EntryHow;
  unit: ForceUnit;
  measures: readonly Measure[];
  facts: TestFacts;
  isOverridden: boolean;
};

/** What the same test gave last time, whatever was made of its trials. */
function lastOf({ of }: EntryCell, measures: readonly Measure[]): Measure | null {
  const key = (one: EntryCell['of']) => seriesKeyOf({ ...one, statistic: null });
  const wanted = key(of);
  return measures.find((one) => !one.isVoid && key(one) === wanted) ?? null;
}

/** The first trial that is more like the last time in another unit. */
function doubtOf({ of }: EntryCell, { texts }: TypedCell, unit: ForceUnit, last: Measure | null) {
  const lastKgf = specOf(of.kind).unit === 'kgf' ? (last?.value ?? null) : null;
  for (const text of texts) {
    const typed = decimalOf(text);
    const doubt = typed === null || Number.isNaN(typed) ? null : forceDoubt(typed, unit, lastKgf);
    if (doubt) return { doubt, doubted: text };
  }
  return { doubt: null, doubted: '' };
}

/** What is typed into the cells of a test; kept by the cell, so that a change of device or unit loses nothing. */
export function useEntry({ how, unit, measures, facts, isOverridden }: Given) {
  const [typed, setTyped] = useState<Readonly<Record<string, TypedCell>>>({});
  const [sure, setSure] = useState<ReadonlySet<string>>(new Set());
  const ids = useRef(new Map<string, string>());
  const idOf = (key: string) => {
    const known = ids.current.get(key) ?? uuidv7();
    ids.current.set(key, known);
    return known;
  };
  const cells = cellsOf(how).map((cell): FormCell => {
    const key = `${how.kind} ${how.part} ${how.site ?? ''} ${how.digit ?? ''} ${cell.key}`;
    const own = typed[key] ?? EMPTY_CELL;
    const last = lastOf(cell, measures);
    const reasons = how.method === 'stated' ? null : forbiddenTest(cell.of, facts);
    const doubt = sure.has(`${unit} ${key}`) ? { doubt: null, doubted: '' } : doubtOf(cell, own, unit, last);
    const read = readCell(cell, own, { id: idOf(key), unit });
    return {
      ...cell,
      key,
      id: idOf(key),
      typed: own,
      read,
      last,
      reasons,
      isForbidden: reasons !== null && !isOverridden,
      ...doubt,
    };
  });
  return {
    cells,
    change: (key: string, change: Partial<TypedCell>) =>
      setTyped((before) => ({ ...before, [key]: { ...(before[key] ?? EMPTY_CELL), ...change } })),
    /** It is so, in this unit. */
    beSure: (key: string) => setSure((before) => new Set([...before, `${unit} ${key}`])),
  };
}

export type Entry = ReturnType<typeof useEntry>;

type Where = { patientId: string; episodeId: string; timeZone: string };

/** Keeps what was measured; the same press sent twice is one. */
export function useSaveMeasures({ patientId, episodeId, timeZone }: Where, onSaved: (count: number) => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const opId = useRef(uuidv7());
  const add = useMutation(
    trpc.record.addMeasures.mutationOptions({
      onSuccess: async ({ stored }) => {
        await queryClient.invalidateQueries({ queryKey: trpc.record.measures.queryKey({ patientId }) });
        onSaved(stored);
      },
      // Refused is not done: what is sent next is another operation. Without a line it may have been done.
      onError: (error) => {
        if (problemOf(error).reason !== 'unreachable') opId.current = uuidv7();
      },
    }),
  );
  return {
    isPending: add.isPending,
    problem: add.error ? problemOf(add.error).reason : null,
    save(
      measures: Parameters<typeof add.mutate>[0]['measures'],
      measuredAt: number | null,
      overrideReason: string | null,
    ) {
      if (add.isPending) return;
      add.mutate({
        opId: opId.current,
        patientId,
        episodeId,
        visitId: null,
        saidAt: deviceNow(),
        clock: deviceClock(),
        measuredAt,
        measuredTimeZone: timeZone,
        measures,
        overrideReason,
      });
    },
  };
}
