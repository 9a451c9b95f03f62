'use client';

import { useEffect, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import * as z from 'zod/mini';
import { deviceClock, deviceNow } from '#client/api/device-clock';
import { useAccount, useHydratedOutbox } from '#client/device/account-outbox';
import { removeClip } from '#client/device/clip-store';
import { NotKept, type Outbox, type OutboxItem } from '#client/device/outbox';
import { type MessageAbout, type SendMessage, sendMessageSchema } from '#domain/contact/thread';
import { idSchema } from '#domain/input/fields';
import { type Chosen, keepChosen } from './attachments';
import { keepSentMessages, readSentMessages } from './thread-store';

/** A message that the clinic does not have yet, or this page has not read back. `isParked`: it stands in the tray. */
export type Unsent = Pick<SendMessage, 'episodeId' | 'body' | 'writtenAt'> & {
  id: string;
  state: 'waiting' | 'parked' | 'sent';
  /** How much lies beside it. */
  attached: number;
};

const isMessage = ({ kind }: OutboxItem) => kind === 'message';

function unsentOf({ input, parked }: OutboxItem): Unsent[] {
  const parsed = sendMessageSchema.safeParse(input);
  if (!parsed.success) return [];
  const { messageId: id, episodeId, body, media = [], writtenAt } = parsed.data;
  return [{ id, episodeId, body, writtenAt, state: parked === null ? 'waiting' : 'parked', attached: media.length }];
}

const sentSchema = z.array(
  z.object({
    ...{ id: idSchema, episodeId: z.nullable(idSchema), body: z.string(), writtenAt: z.number() },
    attached: z._default(z.number(), 0),
  }),
);

async function readSent(userId: string): Promise<Unsent[]> {
  // A store that cannot be read holds nothing.
  const parsed = sentSchema.safeParse(await readSentMessages(userId).catch(() => null));
  return parsed.success ? parsed.data.map((one) => ({ ...one, state: 'sent' as const })) : [];
}

/** What was sent and is not in the list yet: between its answer and the list that has it, it does not leave the screen. */
function useSentLately(outbox: Outbox | null, userId: string, knownIds: ReadonlySet<string>): readonly Unsent[] {
  const [sent, setSent] = useState<readonly Unsent[]>([]);
  useEffect(() => {
    if (!outbox) return;
    let current = true;
    void readSent(userId).then((kept) => {
      if (current && kept.length > 0) setSent((before) => [...kept, ...before]);
    });
    const stop = outbox.onSent((item) => {
      if (!isMessage(item)) return;
      const now = unsentOf(item).map((one) => ({ ...one, state: 'sent' as const }));
      setSent((before) => [...before, ...now]);
      void readSent(userId)
        .then((kept) => keepSentMessages(userId, [...kept, ...now]))
        // A device without room shows it with a line.
        .catch(() => undefined);
    });
    return () => {
      current = false;
      stop();
    };
  }, [outbox, userId]);
  const isKnown = sent.some(({ id }) => knownIds.has(id));
  useEffect(() => {
    if (!isKnown) return;
    const still = sent.filter(({ id }) => !knownIds.has(id));
    setSent(still);
    void keepSentMessages(userId, still).catch(() => undefined);
  }, [isKnown, sent, knownIds, userId]);
  return sent;
}

/** What this device wrote and the list that is shown does not know, oldest first. */
export function useUnsent(knownIds: ReadonlySet<string>): readonly Unsent[] {
  const outbox = useHydratedOutbox();
  const userId = useAccount() ?? '';
  const sent = useSentLately(outbox, userId, knownIds);
  const [waiting, setWaiting] = useState<readonly Unsent[]>([]);
  useEffect(() => {
    if (!outbox) return;
    let current = true;
    const read = () =>
      void outbox.list().then(
        (items) => {
          if (current) setWaiting(items.filter(isMessage).flatMap(unsentOf));
        },
        // A store that cannot be read now is read at its next change.
        () => undefined,
      );
    read();
    const stop = outbox.subscribe(read);
    return () => {
      current = false;
      stop();
    };
  }, [outbox]);
  const waits = new Set(waiting.map(({ id }) => id));
  return [...sent.filter(({ id }) => !waits.has(id)), ...waiting].filter(({ id }) => !knownIds.has(id));
}

type Write = {
  userId: string;
  episodeId: string | null;
  body: string;
  about: MessageAbout | null;
  chosen: readonly Chosen[];
};

/** Puts a message on its way: kept on the device before it resolves, sent when there is a line. */
export async function writeMessage(outbox: Outbox, { userId, episodeId, body, about, chosen }: Write): Promise<void> {
  const messageId = uuidv7();
  const media = await keepChosen(userId, chosen, messageId);
  const input: SendMessage = { messageId, episodeId, body, about, media, writtenAt: deviceNow(), clock: deviceClock() };
  try {
    await outbox.add('message', messageId, input, { inForm: true });
  } catch (error) {
    // What nobody will ever tell the server of is not kept either.
    if (!(error instanceof NotKept && error.onPage))
      for (const { mediaId } of chosen) await removeClip(mediaId).catch(() => undefined);
    throw error;
  }
}
