import 'server-only';
import { and, eq, gt, isNull } from 'drizzle-orm';
import { type Body, type Db, q } from '#db/body';
import { exportTickets } from '#db/schema/erasures';
import { media } from '#db/schema/media';
import type { PatientScope } from '#db/scope';

export type ExportTicket = typeof exportTickets.$inferSelect;

export function* insertExportTicket(d: Db, row: typeof exportTickets.$inferInsert): Body<void> {
  yield* q(d.insert(exportTickets).values(row));
}

/** Uses a ticket up; undefined where it is used, over, or another login's. */
export function* spendExportTicket(
  d: Db,
  { tokenHash, sessionId, nowMs }: { tokenHash: string; sessionId: string; nowMs: number },
): Body<ExportTicket | undefined> {
  const rows = yield* q(
    d
      .update(exportTickets)
      .set({ usedAt: nowMs })
      .where(
        and(
          eq(exportTickets.tokenHash, tokenHash),
          eq(exportTickets.sessionId, sessionId),
          isNull(exportTickets.usedAt),
          gt(exportTickets.expiresAt, nowMs),
        ),
      )
      .returning(),
  );
  return rows[0];
}

/** The patient's media that can be seen, with where each lies; no originals and no copies for weak lines: they are the same clip. */
export function* listMediaOf(d: Db, { clinicId, patientId }: PatientScope) {
  // Bounded: the media of one record, of which a copy must be whole.
  const rows = yield* q(
    d
      .select({ id: media.id, kind: media.kind, mime: media.mime, storageKey: media.storageKey })
      .from(media)
      .where(and(eq(media.patientId, patientId), eq(media.clinicId, clinicId), eq(media.state, 'ready')))
      .orderBy(media.createdAt, media.id),
  );
  return rows.flatMap(({ storageKey, ...row }) =>
    storageKey !== null && row.kind !== 'original' && row.kind !== 'light' ? [{ ...row, storageKey }] : [],
  );
}
