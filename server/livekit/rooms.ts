import 'server-only';
import { randomBytes } from 'node:crypto';
import { AccessToken, RoomServiceClient, TrackSource, TwirpError } from 'livekit-server-sdk';
import { Failure } from '#domain/input/failure';
import { ROOM_ACCESS_MS, type VisitRole } from '#domain/visit/lifecycle';
import { type LiveKitEnv, liveKitEnv } from '#server/runtime/env';
import type { AppProcess } from '#server/runtime/process';

const REQUEST_TIMEOUT_SECONDS = 5;
/** So long a lost connection or a reload may take. */
const EMPTY_TIMEOUT_SECONDS = 10 * 60;
const DEPARTURE_TIMEOUT_SECONDS = 2 * 60;
const PARTICIPANTS_MAX = 6;

/** 128 random bits, never an id of ours: room names reach every participant and the server's log. */
export function newRoomName(): string {
  return randomBytes(16).toString('hex');
}

function requireLiveKit(app: AppProcess): LiveKitEnv {
  const env = liveKitEnv(app.env);
  if (!env) throw new Failure('SERVICE_UNAVAILABLE', 'media_server_missing');
  return env;
}

function client(env: LiveKitEnv): RoomServiceClient {
  return new RoomServiceClient(env.apiUrl, env.key, env.secret, { requestTimeout: REQUEST_TIMEOUT_SECONDS });
}

/** Makes sure the room exists. A room vanishes when empty or when the server restarts, so this runs at every token. */
export async function ensureRoom(app: AppProcess, roomName: string): Promise<void> {
  const env = requireLiveKit(app);
  try {
    await client(env).createRoom({
      name: roomName,
      emptyTimeout: EMPTY_TIMEOUT_SECONDS,
      departureTimeout: DEPARTURE_TIMEOUT_SECONDS,
      maxParticipants: PARTICIPANTS_MAX,
    });
  } catch (err) {
    app.log.warn({ err }, 'media server does not answer');
    throw new Failure('SERVICE_UNAVAILABLE', 'media_server_down');
  }
}

/** A token for one room and one tab, with the least that the role needs and nothing personal in it. */
export async function mintToken(
  app: AppProcess,
  { roomName, identity, role }: { roomName: string; identity: string; role: VisitRole },
): Promise<{ url: string; token: string }> {
  const env = requireLiveKit(app);
  const token = new AccessToken(env.key, env.secret, { identity, ttl: ROOM_ACCESS_MS / 1000 });
  token.addGrant({
    roomJoin: true,
    room: roomName,
    canSubscribe: true,
    canPublish: role !== 'observer',
    canPublishData: role !== 'observer',
    canPublishSources: role === 'observer' ? [] : [TrackSource.CAMERA, TrackSource.MICROPHONE],
    canUpdateOwnMetadata: false,
  });
  return { url: env.url, token: await token.toJwt() };
}

/** Those of these rooms that are there, in one question. */
export async function listRooms(app: AppProcess, roomNames: string[]): Promise<Set<string>> {
  const rooms = await client(requireLiveKit(app)).listRooms(roomNames);
  return new Set(rooms.map(({ name }) => name));
}

export async function listRoomIdentities(app: AppProcess, roomName: string): Promise<string[]> {
  const participants = await client(requireLiveKit(app)).listParticipants(roomName);
  return participants.map((participant) => participant.identity);
}

export async function removeFromRoom(app: AppProcess, roomName: string, identity: string): Promise<void> {
  await client(requireLiveKit(app)).removeParticipant(roomName, identity);
}

/** Ends the room for everybody. A room that is gone already is as good. */
export async function closeRoom(app: AppProcess, roomName: string): Promise<void> {
  if (!liveKitEnv(app.env)) return;
  try {
    await client(requireLiveKit(app)).deleteRoom(roomName);
  } catch (err) {
    app.log.info({ err }, 'room was gone');
  }
}

type MediaServerState = 'ready' | 'down' | 'missing';

type MediaServerAnswer = { kind: 'ready'; date: number | null } | { kind: 'missing' | 'unreachable' | 'refused' };

/** What the media server says to our keys: `refused` is a wrong key, or a clock that differs by minutes. */
export async function askMediaServer(app: AppProcess): Promise<MediaServerAnswer> {
  const env = liveKitEnv(app.env);
  if (!env) return { kind: 'missing' };
  try {
    const answer = await fetch(env.apiUrl, { signal: AbortSignal.timeout(REQUEST_TIMEOUT_SECONDS * 1000) });
    const date = Date.parse(answer.headers.get('date') ?? '');
    await client(env).listRooms([randomBytes(16).toString('hex')]);
    return { kind: 'ready', date: Number.isNaN(date) ? null : date };
  } catch (error) {
    return { kind: error instanceof TwirpError && error.status === 401 ? 'refused' : 'unreachable' };
  }
}

/** Does the media server answer its health address within a second? */
export async function mediaServerState(app: AppProcess): Promise<MediaServerState> {
  const env = liveKitEnv(app.env);
  if (!env) return 'missing';
  try {
    const answer = await fetch(env.apiUrl, { signal: AbortSignal.timeout(1000) });
    return answer.ok ? 'ready' : 'down';
  } catch {
    return 'down';
  }
}
