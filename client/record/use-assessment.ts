import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { deviceClock, deviceNow } from '#client/api/device-clock';
import { type Outputs, useTRPC } from '#client/api/trpc';
import { useHydratedOutbox, useOutboxState } from '#client/device/account-outbox';
import type { Outbox } from '#client/device/outbox';
import {
  type Cell,
  type CellEntry,
  type CellHow,
  cellKey,
  cellOf,
  sectionsOf,
  type WriteCell,
  withHow,
  writeCellSchema,
} from '#domain/record/assessment';
import { entryOfTyped, typedOfEntry } from '#domain/record/assessment-typed';
import { type TypedCell, usualHow } from '#domain/record/entry';
import { type ForbiddenReason, forbiddenTest } from '#domain/record/forbidden';
import type { MeasureKind, SeriesFields } from '#domain/record/measure';
import { seriesKeyOf } from '#domain/record/series';
import type { ForceUnit } from '#domain/record/units';

const KIND = 'assessment_cell';
/** So long after the last key what stands in a field is kept; leaving it keeps it at once. */
const KEEP_AFTER_MS = 800;

export type Measure = Outputs['record']['measures']['measures'][number];
type Read = Outputs['assessments']['get'];

/** One field of the form with all that is known of it. */
export type Field = {
  readonly key: string;
  readonly cell: Cell;
  readonly of: SeriesFields;
  readonly typed: TypedCell;
  readonly entry: CellEntry | null;
  readonly isWrong: boolean;
  /** What somebody else wrote there, which this is instead of. */
  readonly other: Read['cells'][number]['other'];
  /** The same test, the same way, last time. */
  readonly last: Measure | null;
  readonly reasons: ForbiddenReason[] | null;
  readonly isForbidden: boolean;
};

type Own = { typed: TypedCell; of: SeriesFields; saidAt: number };
type Ids = { patientId: string; assessmentId: string };

/** Kinds that one instrument measures, so that it is chosen once. */
export type Instrument = 'grip' | 'pinch' | 'joint';
const INSTRUMENT_OF: Partial<Record<MeasureKind, Instrument>> = {
  ...{ grip: 'grip', pinch_tip: 'pinch', pinch_key: 'pinch', pinch_palmar: 'pinch', joint: 'joint' },
};

/** Everything of an assessment on the page: what is asked, what stands there, and how it is kept. */
export function useAssessment(assessmentId: string, unit: ForceUnit) {
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(trpc.assessments.get.queryOptions({ assessmentId }));
  const { patientId } = data;
  const { data: read } = useSuspenseQuery(trpc.record.measures.queryOptions({ patientId }));
  const { episodeId } = data.assessment;
  const { data: facts } = useSuspenseQuery(trpc.record.testFacts.queryOptions({ patientId, episodeId }));
  const kept = useKept({ patientId, assessmentId }, unit);
  const [added, setAdded] = useState<readonly Cell[]>([]);
  const [override, setOverride] = useState<string | null>(null);
  const server = useMemo(() => new Map(data.cells.map((one) => [one.cell, one])), [data]);
  const measures = useMemo(() => read.measures.filter(({ isVoid }) => !isVoid), [read]);
  const { howOf, choose } = useInstruments(data, measures);
  const written = [...data.cells.flatMap(({ entry }) => (entry ? [cellOf(entry.of)] : [])), ...added];
  const sections = sectionsOf({ ...asked(data), written });

  function fieldOf(cell: Cell): Field {
    const key = cellKey(cell);
    const there = server.get(key);
    const own = kept.own.get(key);
    const isOwn = own !== undefined && own.saidAt >= (there?.saidAt ?? 0);
    const of = isOwn ? own.of : (there?.entry?.of ?? withHow(cell, howOf(cell.kind)));
    const typed = isOwn ? own.typed : typedOfEntry(there?.entry ?? null, unit);
    const result = entryOfTyped(of, typed, { unit, overrideReason: null });
    const reasons = forbiddenTest(of, facts);
    return {
      ...{ key, cell, of, typed, reasons },
      entry: result.state === 'possible' ? result.entry : null,
      isWrong: result.state === 'wrong',
      other: there?.other ?? null,
      last: lastOf(of, measures),
      isForbidden: reasons !== null && override === null,
    };
  }

  return {
    ...{ data, sections, facts, measures, fieldOf, howOf, override, setOverride },
    isWaiting: kept.isWaiting,
    sendAll: kept.sendAll,
    /** Entries that this page wrote. */
    sent: kept.sent,
    /** Another instrument: what was typed already was measured with it, too. */
    chooseHow(instrument: Instrument, how: CellHow) {
      choose(instrument, how);
      for (const { cells } of sections)
        for (const cell of cells)
          if (INSTRUMENT_OF[cell.kind] === instrument) {
            const { typed, entry } = fieldOf(cell);
            if (entry) kept.change(withHow(cell, how), typed, override);
          }
    },
    change(field: Field, change: Partial<TypedCell>) {
      const of = withHow(field.cell, field.entry?.of ?? howOf(field.cell.kind));
      const reason = field.reasons === null ? null : override;
      kept.change(of, { ...field.typed, ...change }, reason, 'choice' in change || 'stoppedFor' in change);
    },
    add: (cells: readonly Cell[]) => setAdded((before) => [...before, ...cells]),
    keepNow: () => void kept.keepAll(),
  };
}

export type Assessment = ReturnType<typeof useAssessment>;

/** With what is measured, until somebody says otherwise as it was in this assessment, or the last time. */
function useInstruments(data: Read, measures: readonly Measure[]) {
  const [chosen, setChosen] = useState<Partial<Record<Instrument, CellHow>>>({});
  function howOf(kind: MeasureKind): CellHow {
    const instrument = INSTRUMENT_OF[kind];
    const said = instrument ? chosen[instrument] : undefined;
    if (said) return said;
    const here = data.cells.find(({ entry }) => instrument && entry && INSTRUMENT_OF[entry.of.kind] === instrument);
    return here?.entry?.of ?? usualHow(kind, measures);
  }
  const choose = (instrument: Instrument, how: CellHow) => setChosen((before) => ({ ...before, [instrument]: how }));
  return { howOf, choose };
}

function asked({ assessment, episode, before }: Read): Omit<Parameters<typeof sectionsOf>[0], 'written'> {
  const { template, condition } = assessment;
  return { template, condition: condition as 'other', affected: episode.side, before };
}

/** What the same test gave last time, whatever was made of its trials. */
function lastOf(of: SeriesFields, measures: readonly Measure[]): Measure | null {
  const key = (one: SeriesFields) => seriesKeyOf({ ...one, statistic: null });
  const wanted = key(of);
  return measures.find((one) => key(one) === wanted) ?? null;
}

/** What was typed on this page: kept on the device at once and sent as soon as there is a line. */
function useKept({ patientId, assessmentId }: Ids, unit: ForceUnit) {
  const outbox = useHydratedOutbox();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { waiting, parked } = useOutboxState(outbox);
  const [own, setOwn] = useState<ReadonlyMap<string, Own>>(new Map());
  const pending = useRef(new Map<string, { timer: ReturnType<typeof setTimeout>; keep(): Promise<void> }>());
  const sent = useRef(new Set<string>());
  useWaiting(outbox, assessmentId, unit, setOwn);
  useEffect(() => {
    const again = () => queryClient.invalidateQueries({ queryKey: trpc.assessments.get.queryKey() });
    return outbox?.onSent((item) => {
      if (item.kind === KIND) void again();
    });
  }, [outbox, queryClient, trpc]);
  const keepAll = useCallback(async () => {
    const waiting = [...pending.current.values()];
    for (const { timer } of waiting) clearTimeout(timer);
    await Promise.all(waiting.map(({ keep }) => keep()));
  }, []);
  useEffect(() => {
    const keep = () => void keepAll();
    window.addEventListener('pagehide', keep);
    return () => {
      window.removeEventListener('pagehide', keep);
      keep();
    };
  }, [keepAll]);

  function change(of: SeriesFields, typed: TypedCell, overrideReason: string | null, isAtOnce = false) {
    const key = cellKey(cellOf(of));
    const saidAt = deviceNow();
    setOwn((before) => new Map(before).set(key, { typed, of, saidAt }));
    const before = pending.current.get(key);
    if (before) clearTimeout(before.timer);
    const keep = async () => {
      pending.current.delete(key);
      const result = entryOfTyped(of, typed, { unit, overrideReason });
      if (result.state === 'wrong') return;
      const entryId = uuidv7();
      sent.current.add(entryId);
      const said = { entryId, assessmentId, patientId, cell: key, entry: result.entry };
      const input: WriteCell = { ...said, saidAt, clock: deviceClock() };
      // What the device cannot keep is sent directly, and said to be on this page alone.
      await outbox?.add(KIND, entryId, input).catch(() => undefined);
    };
    if (isAtOnce) void keep();
    else pending.current.set(key, { keep, timer: setTimeout(() => void keep(), KEEP_AFTER_MS) });
  }

  /** Sends what there is; false where something of this assessment is still on this device alone. */
  async function sendAll(): Promise<boolean> {
    await keepAll();
    await outbox?.flush();
    const left = (await outbox?.list()) ?? [];
    return left.every(({ kind, input }) => kind !== KIND || !isOf(input, assessmentId));
  }

  return { own, change, keepAll, sendAll, sent: sent.current, isWaiting: waiting + parked > 0 };
}

const isOf = (input: unknown, assessmentId: string): boolean => {
  const parsed = writeCellSchema.safeParse(input);
  return parsed.success && parsed.data.assessmentId === assessmentId;
};

/** What an earlier page of this device typed and the clinic does not have yet. */
function useWaiting(
  outbox: Outbox | null,
  assessmentId: string,
  unit: ForceUnit,
  setOwn: (change: (before: ReadonlyMap<string, Own>) => ReadonlyMap<string, Own>) => void,
): void {
  // A change of unit does not read it again: what stands in the fields would be lost.
  const readIn = useRef(unit);
  useEffect(() => {
    let current = true;
    void outbox?.list().then((items) => {
      const inputs = items
        .filter(({ kind }) => kind === KIND)
        .flatMap(({ input }) => {
          const parsed = writeCellSchema.safeParse(input);
          return parsed.success && parsed.data.assessmentId === assessmentId ? [parsed.data] : [];
        });
      if (!current || inputs.length === 0) return;
      setOwn((before) => {
        const next = new Map(before);
        for (const { cell, entry, saidAt } of inputs) {
          const known = next.get(cell);
          if (!entry || (known && known.saidAt > saidAt)) continue;
          next.set(cell, { typed: typedOfEntry(entry, readIn.current), of: entry.of, saidAt });
        }
        return next;
      });
    });
    return () => {
      current = false;
    };
  }, [outbox, assessmentId, setOwn]);
}
