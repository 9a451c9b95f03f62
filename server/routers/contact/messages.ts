import 'server-only';
import { z } from 'zod';
import {
  handOverSchema,
  inboxSchema,
  keepPhraseSchema,
  markThreadSchema,
  messageAboutSchema,
  noteThreadSchema,
  sendMessageSchema,
  settleThreadSchema,
  threadPageSchema,
} from '#domain/contact/thread';
import { idSchema } from '#domain/input/fields';
import { countMine, readInbox } from '#server/acts/contact/inbox';
import { markThread } from '#server/acts/contact/mark-thread';
import { findEpisodeOf, showAbouts } from '#server/acts/contact/message-about';
import { dropPhrase, keepPhrase, readPhrases } from '#server/acts/contact/phrases';
import { readOwnThreads, readThread } from '#server/acts/contact/read-thread';
import { sendMessage } from '#server/acts/contact/send-message';
import { handOver, noteThread, readTeamSide, settleThread } from '#server/acts/contact/team-side';
import { requireThread, requireThreadToWrite } from '#server/acts/contact/thread-access';
import { requireOwnRecord } from '#server/acts/people/access';
import { procedure, router } from '#server/routers/trpc';

export const messagesRouter = router({
  /** The patient's own threads. */
  mine: procedure('message.read').query(({ ctx }) =>
    ctx.read(function* (d, work) {
      const { userId, locale } = ctx.actor;
      const standing = yield* requireOwnRecord(work, ctx.actor);
      return yield* readOwnThreads(d, work, { standing, userId, locale });
    }),
  ),

  thread: procedure('message.read')
    .input(threadPageSchema)
    .query(({ ctx, input: { episodeId, cursor = null } }) =>
      ctx.read(function* (d, work) {
        const { userId, locale } = ctx.actor;
        const standing = yield* requireThread(d, work, ctx.actor, episodeId);
        return yield* readThread(d, work, { standing, userId, locale, episodeId, before: cursor });
      }),
    ),

  /** Where a message of one's own record that begins at a place belongs, and what that place is called. */
  place: procedure('message.read')
    .input(messageAboutSchema)
    .query(({ ctx, input: about }) =>
      ctx.read(function* (d, work) {
        const { scope } = yield* requireOwnRecord(work, ctx.actor);
        const episodeId = yield* findEpisodeOf(d, scope, about);
        const said = [{ about, atMs: work.nowMs }];
        const [view = null] = yield* showAbouts(d, { scope, said, locale: ctx.actor.locale });
        return { episodeId, about: view };
      }),
    ),

  send: procedure('message.send')
    .input(sendMessageSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, work) {
        const standing = yield* requireThreadToWrite(d, work, ctx.actor, input.episodeId);
        return yield* sendMessage(d, work, { standing, userId: ctx.actor.userId, input });
      }),
    ),

  mark: procedure('message.mark', { trail: 'counted' })
    .input(markThreadSchema)
    .mutation(({ ctx, input: { episodeId, ...mark } }) =>
      ctx.write(function* (d, work) {
        const { scope } = yield* requireThread(d, work, ctx.actor, episodeId);
        return yield* markThread(d, work, { scope, userId: ctx.actor.userId, episodeId, ...mark });
      }),
    ),

  inbox: procedure('message.list')
    .input(inboxSchema)
    .query(({ ctx, input: { view, cursor = null } }) => {
      const { clinicId, userId } = ctx.actor;
      return ctx.read((d, work) => readInbox(d, work, { clinicId, userId, view, before: cursor }));
    }),

  /** The number beside "Messages" in the bar. */
  waiting: procedure('message.list').query(({ ctx }) => {
    const { clinicId, userId } = ctx.actor;
    return ctx.read((d, work) => countMine(d, work, { clinicId, userId }));
  }),

  teamSide: procedure('message.read_team')
    .input(z.object({ episodeId: idSchema }))
    .query(({ ctx, input: { episodeId } }) =>
      ctx.read(function* (d, work) {
        const standing = yield* requireThread(d, work, ctx.actor, episodeId);
        return yield* readTeamSide(d, work, { standing, userId: ctx.actor.userId, episodeId });
      }),
    ),

  note: procedure('message.note')
    .input(noteThreadSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, work) {
        const standing = yield* requireThread(d, work, ctx.actor, input.episodeId);
        return yield* noteThread(d, work, { standing, userId: ctx.actor.userId, ...input });
      }),
    ),

  settle: procedure('message.settle')
    .input(settleThreadSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, work) {
        const standing = yield* requireThread(d, work, ctx.actor, input.episodeId);
        return yield* settleThread(d, work, { standing, userId: ctx.actor.userId, ...input });
      }),
    ),

  handOver: procedure('message.hand_over')
    .input(handOverSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, work) {
        const standing = yield* requireThread(d, work, ctx.actor, input.episodeId);
        return yield* handOver(d, work, { standing, userId: ctx.actor.userId, ...input });
      }),
    ),

  phrases: procedure('phrase.read').query(({ ctx }) => {
    const { clinicId, userId } = ctx.actor;
    return ctx.read((d) => readPhrases(d, { clinicId, userId }));
  }),

  keepPhrase: procedure('phrase.write')
    .input(keepPhraseSchema)
    .mutation(({ ctx, input }) => {
      const { clinicId, userId } = ctx.actor;
      return ctx.write((d, work) => keepPhrase(d, work, { clinicId, userId, ...input }));
    }),

  dropPhrase: procedure('phrase.write')
    .input(z.object({ phraseId: idSchema }))
    .mutation(({ ctx, input: { phraseId } }) => {
      const { clinicId, userId } = ctx.actor;
      return ctx.write((d, work) => dropPhrase(d, work, { clinicId, userId, phraseId }));
    }),
});
