import type { Author } from './operation';
import { mayOperate, mayRemove } from './rights';
import { type AuthoredOperation, applyOperations, type CommittedMark, emptyAnnotations } from './state';

/** An operation that came after the record was closed; `receivedAt` in epoch ms. */
export type LateOperation = AuthoredOperation & { readonly receivedAt: number };

/** A mark that came late. It stays in the list when its author took it away again. */
type LateMark = { readonly entry: CommittedMark; readonly receivedAt: number; readonly removed: boolean };

/** Somebody who may took a mark away, of the record or of those that came late. */
type LateRemoval = { readonly entry: CommittedMark; readonly author: Author; readonly receivedAt: number };

export type DrawingAddenda = { readonly marks: readonly LateMark[]; readonly removals: readonly LateRemoval[] };

/** What late operations say beside a record, whose own marks (`visible`) they leave as they are; in order of arrival. */
export function drawingAddenda(visible: readonly CommittedMark[], late: readonly LateOperation[]): DrawingAddenda {
  const own = new Map(visible.map((entry) => [entry.mark.markId, entry]));
  const { commits } = applyOperations(emptyAnnotations, late);
  const arrived = [...commits.values()].filter(({ mark }) => !own.has(mark.markId));
  const known = new Map([...arrived.map((entry) => [entry.mark.markId, entry] as const), ...own]);
  const removals = new Map<string, LateRemoval>();
  for (const { author, envelope, receivedAt } of late) {
    if (envelope.op.kind !== 'remove' || !mayOperate(author.role, envelope.op)) continue;
    for (const markId of envelope.op.markIds) {
      const entry = known.get(markId);
      if (entry && !removals.has(markId) && mayRemove(author, entry.author))
        removals.set(markId, { entry, author, receivedAt });
    }
  }
  const receivedAt = new Map(late.map(({ envelope, receivedAt: at }) => [envelope.opId, at]));
  const marks = arrived.map((entry) => ({
    entry,
    receivedAt: receivedAt.get(entry.opId) ?? 0,
    removed: removals.has(entry.mark.markId),
  }));
  return { marks, removals: [...removals.values()] };
}
