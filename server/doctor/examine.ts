import 'server-only';
import type { AppProcess } from '#server/runtime/process';
import { examineDelivery } from './delivery';
import { type Finding, ok } from './finding';
import { examineClock, examineDisks, examineMediaServer, examinePrograms } from './machine';
import { examineMedia } from './media';
import { examineAudit, examineBackups, examineDatabase } from './record';

export type Examination = {
  /** Reads every media object, too. */
  withHashes: boolean;
  clock: () => number;
};

/**
 * Everything that can be looked at while the app runs; nothing is changed. That the process could begin on this database
 * says already that its schema is this release's.
 */
export async function* examine(app: AppProcess, { withHashes, clock }: Examination): AsyncGenerator<Finding> {
  yield ok('schema', 'this release opens it, and nothing waits to be migrated');
  yield* await examineDatabase(app);
  yield* await examineAudit(app, clock());
  yield* await examineMedia(app, { nowMs: clock(), withHashes });
  yield* await examineBackups(app, clock());
  yield* await examineDisks(app);
  yield* await examineClock(app, clock);
  yield* await examineMediaServer(app);
  yield* await examineDelivery(app, clock());
  yield* await examinePrograms(app);
}
