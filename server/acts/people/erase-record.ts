import 'server-only';
import { findRecord } from '#db/queries/people/records';
import type { PatientScope } from '#db/scope';
import { Failure, notFound } from '#domain/input/failure';
import { isNameOf } from '#domain/people/typed';
import { finishErasures } from '#server/media/erase';
import { type AppProcess, afterwards } from '#server/runtime/process';
import type { RunWork } from '#server/runtime/unit-of-work';
import { requirePassword } from './account';
import { eraseRecord, lockRecord } from './erase';
import { requireRecord } from './export';
import { readErasableFrom } from './keeping-term';

type Erase = { scope: PatientScope; by: string; reason: string; confirm: string; password: string; nowMs: number };

/**
 * Erases a record as far as its keeping term allows: within it the record is put away, after it deleted. Throws
 * FORBIDDEN for a wrong password, CONFLICT where the name that was typed is not the person's.
 */
export async function eraseOrLock(
  app: AppProcess,
  run: RunWork,
  { scope, by, reason, confirm, password, nowMs }: Erase,
): Promise<{ done: 'locked' | 'erased' }> {
  await requireRecord(app, scope);
  await requirePassword(app, { userId: by, password, nowMs });
  const done = await run(function* (d, work) {
    const record = yield* findRecord(d, scope);
    if (!record) throw notFound();
    if (!isNameOf(confirm, record.name)) throw new Failure('CONFLICT', 'name_differs');
    if (work.nowMs < (yield* readErasableFrom(d, { scope }))) {
      yield* lockRecord(d, work, { scope, reason, by });
      return 'locked' as const;
    }
    yield* eraseRecord(d, work, { scope, reason, by });
    return 'erased' as const;
  });
  if (done === 'erased') afterwards(app, 'erased objects', () => finishErasures(app));
  return { done };
}
