import 'server-only';
import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import { v7 as uuidv7 } from 'uuid';
import { takeLease } from '#db/queries/runtime/leases';
import { listOpenVisits, setVisitSeen } from '#db/queries/visit/open-visits';
import { findVisitByRoom, insertVisitEvent, listParticipants, type VisitRow } from '#db/queries/visit/visits';
import { participantOfIdentity } from '#domain/visit/identity';
import { mayConnect } from '#domain/visit/lifecycle';
import { endIfAbandoned } from '#server/acts/visit/abandoned';
import { tellVisit } from '#server/acts/visit/access';
import { liveKitEnv } from '#server/runtime/env';
import type { AppProcess } from '#server/runtime/process';
import { runAsServer } from '#server/runtime/unit-of-work';
import { listRoomIdentities, listRooms, removeFromRoom } from './rooms';

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
  if (visit && hint.event === 'participant_joined')
    await expelStrangers(app, { visitId: visit.id, roomName: hint.roomName, nowMs: hint.atMs });
}

/** Rooms that are looked into at once: one that does not answer holds up few others. */
const AT_ONCE = 4;
const LEASE_MS = 30_000;
const HOLDER = randomUUID();
/** Who stays is noted no more often than this. */
const SEEN_AGAIN_MS = 30_000;

/**
 * Compares the rooms of open visits with the rows: who is not admitted is removed, and a visit that everybody left ends
 * by itself. One process at a time, by a lease.
 */
export async function reconcileOpenVisits(app: AppProcess, nowMs: number): Promise<void> {
  const open = await app.database.read((d) => listOpenVisits(d));
  if (open.length === 0) return;
  const lease = { name: 'open-visits', holder: HOLDER, nowMs, untilAt: nowMs + LEASE_MS };
  if (!(await app.database.write((d) => takeLease(d, lease)))) return;
  const there = await roomsThere(app, open);
  const limit = pLimit(AT_ONCE);
  await Promise.all(
    open.map((visit) =>
      limit(async () => {
        try {
          await reconcileVisit(app, visit, there, nowMs);
        } catch (err) {
          app.log.error({ err, visitId: visit.id }, 'open visit was not looked at');
        }
      }),
    ),
  );
}

/** Null where the media server does not answer, or there is none: then nothing is known of any room. */
async function roomsThere(app: AppProcess, open: readonly VisitRow[]): Promise<Set<string> | null> {
  if (!liveKitEnv(app.env)) return null;
  try {
    return await listRooms(
      app,
      open.flatMap(({ roomName }) => roomName ?? []),
    );
  } catch (err) {
    app.log.debug({ err }, 'rooms could not be listed');
    return null;
  }
}

async function reconcileVisit(app: AppProcess, visit: VisitRow, there: Set<string> | null, nowMs: number) {
  const inRoom = await countInRoom(app, visit, there, nowMs);
  if (inRoom === null || inRoom === 0) await endIfAbandoned(app, { visitId: visit.id, inRoom, nowMs });
  else if (nowMs - (visit.seenAt ?? 0) >= SEEN_AGAIN_MS)
    await app.database.write((d) => setVisitSeen(d, { visitId: visit.id, nowMs }));
}

/** How many admitted people are in the room; a room that is not there is empty. */
async function countInRoom(
  app: AppProcess,
  visit: VisitRow,
  there: Set<string> | null,
  nowMs: number,
): Promise<number | null> {
  if (!there || !visit.roomName) return null;
  const { id: visitId, roomName } = visit;
  return there.has(roomName) ? await expelStrangers(app, { visitId, roomName, nowMs }) : 0;
}

type LookedInto = { visitId: string; roomName: string; nowMs: number };

/**
 * Removes who is neither admitted nor at the door, and counts who is admitted; null where the room could not be looked into.
 */
async function expelStrangers(app: AppProcess, { visitId, roomName, nowMs }: LookedInto): Promise<number | null> {
  try {
    const identities = await listRoomIdentities(app, roomName);
    const roster = await app.database.read((d) => listParticipants(d, { visitId }));
    const personOf = (identity: string) => roster.find(({ id }) => id === participantOfIdentity(identity));
    for (const identity of identities) {
      const person = personOf(identity);
      if (!person || !mayConnect(person, nowMs)) await removeFromRoom(app, roomName, identity);
    }
    return identities.filter((identity) => personOf(identity)?.state === 'admitted').length;
  } catch (err) {
    app.log.debug({ err }, 'room could not be compared');
    return null;
  }
}
