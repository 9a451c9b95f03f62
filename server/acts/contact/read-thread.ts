import 'server-only';
import { type Body, type Db, together } from '#db/body';
import { findClinic } from '#db/queries/clinic/clinics';
import { countAfter, listMessages } from '#db/queries/contact/messages';
import { findThread, listOwnThreads, listReaders } from '#db/queries/contact/threads';
import type { PatientStanding } from '#db/queries/people/access';
import { listCareTeam } from '#db/queries/people/care-team';
import { findEpisode, findPatient } from '#db/queries/people/patients';
import { hasOpenRedFlag } from '#db/queries/practice/flags';
import type { PatientScope } from '#db/scope';
import { clinicSettingsSchema, replyRulesOf } from '#domain/clinic/settings';
import { MESSAGES_PER_PAGE } from '#domain/contact/thread';
import {
  type AboutView,
  type MessageClinic,
  type MessageView,
  messageClinicSchema,
  type OwnThreads,
  ownThreadsSchema,
  type ThreadView,
  threadViewSchema,
} from '#domain/contact/thread-view';
import { notFound } from '#domain/input/failure';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { showAttachments } from './attach';
import { showAbouts } from './message-about';
import { saysOf, waitingOf } from './send-message';

type Reader = { standing: PatientStanding; userId: string; locale: string };
type Asked = Reader & { episodeId: string; before: number | null };
type Rows = ReturnType<typeof listMessages> extends Body<infer T> ? T : never;

function* showMessages(d: Db, { standing: { scope }, userId, locale }: Reader, rows: Rows): Body<MessageView[]> {
  const said = rows.flatMap(({ message: { id, about, writtenAt } }) => (about ? [{ id, about, atMs: writtenAt }] : []));
  const views = yield* showAbouts(d, { scope, said, locale });
  const mediaOf = yield* showAttachments(
    d,
    rows.map(({ message }) => message.id),
  );
  const aboutOf = new Map<string, AboutView | undefined>(said.map(({ id }, n) => [id, views[n]]));
  return rows.map(({ message, authorName }) => ({
    id: message.id,
    number: message.number,
    from: message.authorRole,
    authorName,
    isOwn: message.authorId === userId,
    body: message.body,
    media: mediaOf.get(message.id) ?? [],
    about: aboutOf.get(message.id) ?? null,
    says: saysOf(message.alarms),
    writtenAt: message.writtenAt,
    receivedAt: message.receivedAt,
  }));
}

/** One page of a thread as this account reads it. What the care team says among itself is in no part of it. */
export function* readThread(d: Db, { nowMs }: UnitOfWork, asked: Asked): Body<ThreadView> {
  const { standing, userId, episodeId, before } = asked;
  const { scope } = standing;
  const of = { ...scope, episodeId };
  const [episode, patient, thread, rows, readers, team] = yield* together(
    findEpisode(d, of),
    findPatient(d, scope),
    findThread(d, of),
    listMessages(d, { ...of, before, limit: MESSAGES_PER_PAGE }),
    listReaders(d, scope),
    listCareTeam(d, { ...scope, nowMs }),
  );
  if (!episode || !patient) throw notFound();
  const own = readers.filter((one) => one.episodeId === episodeId);
  const readNumber = own.find((one) => one.userId === userId)?.readNumber ?? 0;
  const waiting = thread ? waitingOf(thread) : null;
  const last = rows.at(-1)?.message.number ?? 1;
  return threadViewSchema.parse({
    episodeId,
    patientId: scope.patientId,
    patientName: patient.name,
    condition: episode.conditionText,
    side: episode.side,
    isEnded: episode.closedAt !== null,
    lastNumber: thread?.lastNumber ?? 0,
    unread: yield* countAfter(d, { ...of, userId, number: readNumber }),
    messages: yield* showMessages(d, asked, rows),
    nextCursor: rows.length === MESSAGES_PER_PAGE && last > 1 ? last : null,
    waiting: waiting && { ...waiting, isRed: waiting.rank === 0 },
    readers: own.map(({ userId: readerId, name, deliveredNumber, readNumber: read, readAt }) => ({
      ...{ name, deliveredNumber, readNumber: read, readAt },
      isOwn: readerId === userId,
      isTeam: readerId !== standing.userId,
    })),
    team: [...new Set(team.map(({ name }) => name))],
  });
}

/** Whom to ring, and by which rules an answer is promised. */
export function* readMessageClinic(d: Db, scope: Pick<PatientScope, 'clinicId'>): Body<MessageClinic> {
  const clinic = yield* findClinic(d, scope);
  if (!clinic) throw notFound();
  const { name, phone, emergencyNumber, timeZone } = clinic;
  const settings = clinicSettingsSchema.parse(clinic.settings);
  const rules = replyRulesOf(settings, timeZone);
  return messageClinicSchema.parse({
    name,
    phone,
    emergencyNumber,
    rules,
    words: settings.alarmWords,
    barriers: settings.barriers,
  });
}

/** The patient's own threads, each with its newest page: all that a phone needs to read them without a line. */
export function* readOwnThreads(d: Db, work: UnitOfWork, reader: Reader): Body<OwnThreads> {
  const { scope } = reader.standing;
  const threads: ThreadView[] = [];
  for (const { episode } of yield* listOwnThreads(d, scope))
    threads.push(yield* readThread(d, work, { ...reader, episodeId: episode.id, before: null }));
  return ownThreadsSchema.parse({
    v: 1,
    clinic: yield* readMessageClinic(d, scope),
    isRed: yield* hasOpenRedFlag(d, scope),
    threads,
  });
}
