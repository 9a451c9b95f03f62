import 'server-only';
import type { Body, Db } from '#db/body';
import { listReadings, type ReadingRow } from '#db/queries/clinic/readings';
import type { ReadingCursor, ReadingFilter } from '#domain/clinic/reading';
import { toCsv } from '#domain/input/csv';

/** Rows of one page. A page that is full may have another one after it. */
const PAGE = 50;
/** More than a person reads; who needs more exports it by periods. */
const EXPORT_MAX = 10_000;

type Page = { rows: ReadingRow[]; next: ReadingCursor | null };
type Asked = Omit<Parameters<typeof listReadings>[1], 'limit'>;

/** One page of who came upon whose record. */
export function* readReadings(d: Db, asked: Asked): Body<Page> {
  const rows = yield* listReadings(d, { ...asked, limit: PAGE + 1 });
  const last = rows[PAGE - 1];
  return { rows: rows.slice(0, PAGE), next: rows.length > PAGE && last ? { at: last.at, id: last.id } : null };
}

/** The same as CSV, with instants in UTC; `isWhole` is false where there are more than one file takes. */
export function* exportReadings(
  d: Db,
  { clinicId, filter }: { clinicId: string; filter: ReadingFilter },
): Body<{ csv: string; isWhole: boolean }> {
  const rows = yield* listReadings(d, { clinicId, own: null, filter, after: null, limit: EXPORT_MAX + 1 });
  const lines = rows
    .slice(0, EXPORT_MAX)
    .map(({ at, kind, what, reason, actorName, patientName }) => [
      new Date(at).toISOString(),
      actorName,
      patientName,
      kind,
      what,
      reason,
    ]);
  return {
    csv: toCsv([['at', 'who', 'patient', 'kind', 'what', 'reason'], ...lines]),
    isWhole: rows.length <= EXPORT_MAX,
  };
}
