import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { insertAudit } from '#db/queries/clinic/audit';
import { countAct, takeEndedCounts } from '#db/queries/clinic/counted-acts';
import { MINUTE_MS } from '#domain/time/duration';
import { sha256 } from './operations';
import type { AppProcess } from './process';

/** The first of a kind is written at once; how many more came, when this is over. */
export const COUNT_WINDOW_MS = 15 * MINUTE_MS;

type CountedAct = {
  clinicId: string;
  actorId: string | null;
  sessionId: string | null;
  act: string;
  patientId: string | null;
  subjectId: string | null;
  outcome: 'done' | 'refused';
};

/** Counts an act, and writes its audit row where it is the first of its window. Without a clinic none is written. */
export function* writeCounted(d: Db, row: CountedAct, nowMs: number): Body<void> {
  const { clinicId, actorId, act, patientId, subjectId, outcome } = row;
  const endsAt = nowMs - (nowMs % COUNT_WINDOW_MS) + COUNT_WINDOW_MS;
  // Refusals were the first to be counted: their keys stay as they were.
  const kind = outcome === 'done' ? ['done'] : [];
  const key = sha256([...kind, clinicId, actorId, act, patientId, subjectId, endsAt].join(' '));
  const count = yield* countAct(d, { key, endsAt, ...row });
  if (count === 1 && clinicId !== '') yield* insertAudit(d, { id: uuidv7(), ...row, nowMs });
}

/** Writes down how many more came in windows that are over. */
export async function closeCounts(app: AppProcess, nowMs: number): Promise<void> {
  await app.database.write(function* (d) {
    for (const { key: _, endsAt, count, ...row } of yield* takeEndedCounts(d, { nowMs })) {
      if (count === 1 || row.clinicId === '') continue;
      yield* insertAudit(d, { id: uuidv7(), ...row, count: count - 1, nowMs: endsAt });
    }
  });
}
