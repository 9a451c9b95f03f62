import 'server-only';
import { findLastBackup } from '#db/queries/runtime/store';
import { procedure, router } from '#server/routers/trpc';
import { isBackupOld } from '#server/runtime/health';

export const backupsRouter = router({
  /** When the whole store was backed up last; null = never, as far as the store knows. */
  last: procedure('backup.read').query(async ({ ctx }) => {
    const row = await ctx.read((d) => findLastBackup(d));
    if (!row) return null;
    const { madeAt, encrypted } = row;
    return { madeAt, encrypted, isOld: isBackupOld(ctx.app, madeAt, ctx.clock()) };
  }),
});
