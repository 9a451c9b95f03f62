import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { findVisitByRoom, insertVisitEvent, listOpenVisits, listParticipants } from '#db/queries/visit/visits';
import { participantOfIdentity } from '#domain/visit/identity';
import { tellVisit } from '#server/acts/visit/access';
import { liveKitEnv } from '#server/runtime/env';
import type { AppProcess } from '#server/runtime/process';
import { runAsServer } from '#server/runtime/unit-of-work';
import { listRoomIdentities, removeFromRoom } from './rooms';

/** Removes every tab of a participant from the room. The server keeps no memory of it, so reconciliation repeats it. */
export async function expelFromRoom(app: AppProcess, roomName: string, participantId: string): Promise<void> {
  if (!liveKitEnv(app.env)) return;
  try {
    for (const identity of await listRoomIdentities(app, roomName)) {
      if (participantOfIdentity(identity) === participantId) await removeFromRoom(app, roomName, identity);
    }
  } catch (err) {
    app.log.warn({ err }, 'participant was not removed; reconciliation tries again');
  }
}

type WebhookHint = { id: string; event: string; roomName: string; identity: string | null; atMs: number };

/** Takes a webhook as a hint: stored once, and a participant the database does not admit is removed again. */
export async function takeWebhookHint(app: AppProcess, hint: WebhookHint): Promise<void> {
  const participantId = hint.identity ? participantOfIdentity(hint.identity) : null;
  const visit = await runAsServer(app, { act: null, nowMs: hint.atMs }, function* (d, work) {
    const found = yield* findVisitByRoom(d, { roomName: hint.roomName });
    if (!found) return null;
    const added = yield* insertVisitEvent(d, {
      id: uuidv7(),
      visitId: found.id,
      participantId,
      kind: hint.event,
      at: hint.atMs,
      source: 'webhook',
      webhookId: hint.id,
    });
    if (!added) return null;
    work.inClinic(found.clinicId);
    tellVisit(work, found);
    return found;
  });
  if (visit && hint.event === 'participant_joined') await expelStrangers(app, visit.id, hint.roomName);
}

/** Compares the room with the rows: identities that are not admitted are removed. */
export async function reconcileOpenVisits(app: AppProcess): Promise<void> {
  if (!liveKitEnv(app.env)) return;
  const open = await app.database.read((d) => listOpenVisits(d));
  for (const visit of open) if (visit.roomName) await expelStrangers(app, visit.id, visit.roomName);
}

async function expelStrangers(app: AppProcess, visitId: string, roomName: string): Promise<void> {
  try {
    const identities = await listRoomIdentities(app, roomName);
    const roster = await app.database.read((d) => listParticipants(d, { visitId }));
    const admitted = new Set(
      roster.filter((participant) => participant.state === 'admitted').map((participant) => participant.id),
    );
    for (const identity of identities) {
      if (!admitted.has(participantOfIdentity(identity))) await removeFromRoom(app, roomName, identity);
    }
  } catch (err) {
    app.log.debug({ err }, 'room could not be compared');
  }
}
