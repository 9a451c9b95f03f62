import 'server-only';
import { and, asc, count, desc, eq, gt, gte, inArray, lt, ne } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { type Body, type Db, first, q } from '#db/body';
import { media } from '#db/schema/media';
import { messageMedia, messages, threadNotes } from '#db/schema/messages';
import { users } from '#db/schema/people';
import type { PatientScope } from '#db/scope';

export type ThreadNoteRow = typeof threadNotes.$inferSelect;
type OfThread = PatientScope & { episodeId: string };

const inThread = ({ clinicId, patientId, episodeId }: OfThread) =>
  and(eq(messages.episodeId, episodeId), eq(messages.patientId, patientId), eq(messages.clinicId, clinicId));

export function* insertMessage(d: Db, row: typeof messages.$inferInsert): Body<void> {
  yield* q(d.insert(messages).values(row));
}

export function* insertMessageMedia(d: Db, row: typeof messageMedia.$inferInsert): Body<void> {
  yield* q(d.insert(messageMedia).values(row));
}

/** What lies beside these messages, in its order. */
export function* listMessageMedia(d: Db, { messageIds }: { messageIds: readonly string[] }) {
  if (messageIds.length === 0) return [];
  // Bounded: a few of each message of one page.
  return yield* q(
    d
      .select({ messageId: messageMedia.messageId, media })
      .from(messageMedia)
      .innerJoin(media, eq(media.id, messageMedia.mediaId))
      .where(inArray(messageMedia.messageId, [...messageIds]))
      .orderBy(asc(messageMedia.messageId), asc(messageMedia.position)),
  );
}

/** Whose message it is, in any clinic: that an id is taken is all that one may learn of it. */
export function* findMessageOwner(d: Db, { messageId }: { messageId: string }): Body<{ authorId: string } | undefined> {
  return yield* first(d.select({ authorId: messages.authorId }).from(messages).where(eq(messages.id, messageId)));
}

/** In which thread a message of the clinic stands. */
export function* findMessageThread(
  d: Db,
  { clinicId, messageId }: { clinicId: string; messageId: string },
): Body<{ episodeId: string; patientId: string } | undefined> {
  const { episodeId, patientId } = messages;
  const own = and(eq(messages.id, messageId), eq(messages.clinicId, clinicId));
  return yield* first(d.select({ episodeId, patientId }).from(messages).where(own));
}

/** These messages of a patient's threads, with who wrote each. */
export function* listMessagesById(
  d: Db,
  { clinicId, patientId, messageIds }: PatientScope & { messageIds: readonly string[] },
) {
  if (messageIds.length === 0) return [];
  // Bounded: the messages that are named.
  return yield* q(
    d
      .select({ id: messages.id, body: messages.body, authorName: users.name })
      .from(messages)
      .innerJoin(users, eq(users.id, messages.authorId))
      .where(
        and(inArray(messages.id, [...messageIds]), eq(messages.patientId, patientId), eq(messages.clinicId, clinicId)),
      ),
  );
}

type MessagePage = OfThread & { before: number | null; limit: number };

/** A page of a thread, newest first, with who wrote each. */
export function* listMessages(d: Db, { before, limit, ...of }: MessagePage) {
  return yield* q(
    d
      .select({ message: messages, authorName: users.name })
      .from(messages)
      .innerJoin(users, eq(users.id, messages.authorId))
      .where(and(inThread(of), before === null ? undefined : lt(messages.number, before)))
      .orderBy(desc(messages.number))
      .limit(limit),
  );
}

/** How many of others' messages came after a number. */
export function* countAfter(
  d: Db,
  { userId, number, ...of }: OfThread & { userId: string; number: number },
): Body<number> {
  const row = yield* first(
    d
      .select({ n: count() })
      .from(messages)
      .where(and(inThread(of), gt(messages.number, number), ne(messages.authorId, userId))),
  );
  return row?.n ?? 0;
}

export function* insertThreadNote(d: Db, row: typeof threadNotes.$inferInsert): Body<void> {
  yield* q(d.insert(threadNotes).values(row));
}

export function* findThreadNote(d: Db, { noteId }: { noteId: string }): Body<ThreadNoteRow | undefined> {
  return yield* first(d.select().from(threadNotes).where(eq(threadNotes.id, noteId)));
}

type NotesAsked = OfThread & { sinceMs: number; limit: number };

/** What the care team said among itself since then, newest first: never for the patient. */
export function* listThreadNotes(d: Db, { clinicId, patientId, episodeId, sinceMs, limit }: NotesAsked) {
  const to = alias(users, 'to_user');
  const { id, kind, body, at } = threadNotes;
  return yield* q(
    d
      .select({ id, kind, body, at, authorName: users.name, toName: to.name })
      .from(threadNotes)
      .innerJoin(users, eq(users.id, threadNotes.authorId))
      .leftJoin(to, eq(to.id, threadNotes.toUserId))
      .where(
        and(
          eq(threadNotes.episodeId, episodeId),
          eq(threadNotes.patientId, patientId),
          eq(threadNotes.clinicId, clinicId),
          gte(at, sinceMs),
        ),
      )
      .orderBy(desc(at), asc(id))
      .limit(limit),
  );
}
