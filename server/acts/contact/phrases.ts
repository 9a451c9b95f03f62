import 'server-only';
import type { z } from 'zod';
import type { Body, Db } from '#db/body';
import { countPhrases, findPhrase, insertPhrase, listPhrases, removePhrase } from '#db/queries/contact/phrases';
import type { keepPhraseSchema } from '#domain/contact/thread';
import { Failure, notFound } from '#domain/input/failure';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

/** As many as anybody still finds one among. */
const PHRASES_MAX = 100;

type Owner = { clinicId: string; userId: string };

/** One's own phrases and those of the clinic, oldest first. */
export function* readPhrases(d: Db, owner: Owner) {
  const rows = yield* listPhrases(d, { ...owner, limit: 2 * PHRASES_MAX });
  return rows.map(({ id, text, ownerId }) => ({ id, text, isClinics: ownerId === null }));
}

/** Keeps a sentence for next time. Throws CONFLICT where there are too many to choose from. */
export function* keepPhrase(
  d: Db,
  work: UnitOfWork,
  { clinicId, userId, phraseId, text, forWhom }: Owner & z.output<typeof keepPhraseSchema>,
): Body<{ kept: true }> {
  work.about(phraseId);
  const before = yield* findPhrase(d, { phraseId });
  if (before && before.createdBy !== userId) throw notFound();
  if (before && before.text !== text) throw new Failure('CONFLICT', 'operation_differs');
  if (before) return { kept: true };
  if ((yield* countPhrases(d, { clinicId, userId })) >= PHRASES_MAX) throw new Failure('CONFLICT', 'phrases_full');
  const ownerId = forWhom === 'me' ? userId : null;
  yield* insertPhrase(d, { id: phraseId, clinicId, ownerId, text, createdBy: userId, createdAt: work.nowMs });
  return { kept: true };
}

/** Takes away one of one's own, or of the clinic. */
export function* dropPhrase(
  d: Db,
  work: UnitOfWork,
  { phraseId, ...owner }: Owner & { phraseId: string },
): Body<{ removed: true }> {
  work.about(phraseId);
  if (!(yield* removePhrase(d, { ...owner, phraseId, nowMs: work.nowMs }))) throw notFound();
  return { removed: true };
}
