import 'server-only';
import { z } from 'zod';
import { makeFeedSchema } from '#domain/contact/calendar';
import { contactChoicesSchema } from '#domain/contact/choices';
import { pushSubscriptionSchema } from '#domain/contact/push';
import { idSchema } from '#domain/input/fields';
import { endFeed, makeFeed, readFeeds } from '#server/acts/contact/calendar-feed';
import { readChoices } from '#server/acts/contact/choices';
import { chooseContact } from '#server/acts/contact/choose';
import { readDelivery } from '#server/acts/contact/delivery-state';
import { addPush, readPush, removePush } from '#server/acts/contact/push';
import { emailHashWith, mailableAddress } from '#server/contact/channels/email';
import { procedure, router } from '#server/routers/trpc';
import { mailEnv } from '#server/runtime/env';

export const contactRouter = router({
  /** How the account wishes to be reached, and by which ways it can be. */
  choices: procedure('contact.read').query(async ({ ctx }) => {
    const { userId, roles, patientId, email } = ctx.actor;
    const reader = { userId, isStaff: roles.length > 0, hasRecord: patientId !== null };
    const own = await ctx.read((d, work) => readChoices(d, work, reader));
    const has = (name: string) => ctx.app.channels.all.some((channel) => channel.name === name);
    return {
      ...own,
      ...reader,
      hasMail: has('email'),
      hasSms: has('sms'),
      hasAddress: mailableAddress(email) !== null,
    };
  }),

  choose: procedure('contact.choose')
    .input(contactChoicesSchema)
    .mutation(({ ctx, input: choices }) => ctx.write((d, work) => chooseContact(d, work, { ...ctx.actor, choices }))),

  /** Whether this device may show notifications, which devices do, and the key that a browser asks for. */
  push: procedure('contact.read').query(async ({ ctx }) => {
    const { publicKey } = await ctx.app.channels.pushKeys();
    return { publicKey, ...(await ctx.read((d, work) => readPush(d, work, ctx.actor))) };
  }),

  addPush: procedure('contact.choose')
    .input(pushSubscriptionSchema)
    .mutation(async ({ ctx, input: subscription }) => {
      const deviceMark = (await ctx.deviceMark?.()) ?? null;
      return await ctx.write((d, work) => addPush(d, work, { ...ctx.actor, subscription, deviceMark }));
    }),

  removePush: procedure('contact.choose')
    .input(z.object({ id: idSchema }))
    .mutation(({ ctx, input: { id } }) =>
      ctx.write((d, work) => removePush(d, work, { userId: ctx.actor.userId, id })),
    ),

  /** Links by which programs read the account's calendar; their secrets are not among what is kept. */
  calendars: procedure('contact.read').query(async ({ ctx }) => {
    const feeds = await ctx.read((d, work) => readFeeds(d, work, ctx.actor));
    return { feeds, isShared: ctx.actor.sessionKind === 'shared_device' };
  }),

  linkCalendar: procedure('contact.link_calendar')
    .input(makeFeedSchema)
    .mutation(({ ctx, input: { label } }) => makeFeed(ctx.app, ctx.write, { ...ctx.actor, label })),

  endCalendar: procedure('contact.link_calendar')
    .input(z.object({ id: idSchema }))
    .mutation(({ ctx, input: { id } }) => {
      const { clinicId, userId } = ctx.actor;
      return ctx.write((d, work) => endFeed(d, work, { clinicId, userId, id }));
    }),

  /** Whether e-mails leave, what waits, and whose address was refused. */
  delivery: procedure('contact.read_delivery').query(async ({ ctx }) => {
    const { env, channels } = ctx.app;
    const emailHash = emailHashWith(env);
    const state = await ctx.read((d, work) => readDelivery(d, work, { clinicId: ctx.actor.clinicId, emailHash }));
    const hasSms = channels.all.some(({ name }) => name === 'sms');
    return { ...state, mail: mailEnv(env)?.kind ?? null, hasSms };
  }),
});
