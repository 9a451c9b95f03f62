import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { insertAudit } from '#db/queries/clinic/audit';
import { findSession, revokeSessionByToken } from '#db/queries/people/sessions';

/** Ends the login behind a token, which the trail of its clinic shows; one that has ended is left alone. */
export function* endSession(d: Db, { tokenHash, nowMs }: { tokenHash: string; nowMs: number }): Body<void> {
  const found = yield* findSession(d, { tokenHash });
  yield* revokeSessionByToken(d, { tokenHash, nowMs });
  if (!found?.session.clinicId || found.session.revokedAt !== null) return;
  const { id: sessionId, clinicId } = found.session;
  yield* insertAudit(d, {
    id: uuidv7(),
    clinicId,
    actorId: found.user.id,
    sessionId,
    act: 'session.end',
    patientId: null,
    subjectId: null,
    outcome: 'done',
    nowMs,
  });
}
