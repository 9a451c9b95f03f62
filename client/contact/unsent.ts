'use client';

import { useEffect, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { deviceClock, deviceNow } from '#client/api/device-clock';
import { useHydratedOutbox } from '#client/device/account-outbox';
import type { Outbox, OutboxItem } from '#client/device/outbox';
import { type MessageAbout, type SendMessage, sendMessageSchema } from '#domain/contact/thread';

/** A message that the clinic does not have yet, or this page has not read back. `isParked`: it stands in the tray. */
export type Unsent = Pick<SendMessage, 'episodeId' | 'body' | 'writtenAt'> & {
  id: string;
  state: 'waiting' | 'parked' | 'sent';
};

const isMessage = ({ kind }: OutboxItem) => kind === 'message';

function unsentOf({ input, parked }: OutboxItem): Unsent[] {
  const parsed = sendMessageSchema.safeParse(input);
  if (!parsed.success) return [];
  const { messageId: id, episodeId, body, writtenAt } = parsed.data;
  return [{ id, episodeId, body, writtenAt, state: parked === null ? 'waiting' : 'parked' }];
}

/** What this device wrote and the list that is shown does not know, oldest first. */
export function useUnsent(knownIds: ReadonlySet<string>): readonly Unsent[] {
  const outbox = useHydratedOutbox();
  const [waiting, setWaiting] = useState<readonly Unsent[]>([]);
  const [sent, setSent] = useState<readonly Unsent[]>([]);
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
    // Between its answer and the list that holds it, it does not leave the screen.
    const stopSent = outbox.onSent((item) => {
      if (!isMessage(item)) return;
      const now = unsentOf(item).map((one) => ({ ...one, state: 'sent' as const }));
      setSent((before) => [...before, ...now]);
    });
    return () => {
      current = false;
      stop();
      stopSent();
    };
  }, [outbox]);
  const waits = new Set(waiting.map(({ id }) => id));
  return [...sent.filter(({ id }) => !waits.has(id)), ...waiting].filter(({ id }) => !knownIds.has(id));
}

type Write = { episodeId: string | null; body: string; about: MessageAbout | null };

/** Puts a message on its way: kept on the device before it resolves, sent when there is a line. */
export async function writeMessage(outbox: Outbox, { episodeId, body, about }: Write): Promise<void> {
  const messageId = uuidv7();
  const input: SendMessage = { messageId, episodeId, body, about, writtenAt: deviceNow(), clock: deviceClock() };
  await outbox.add('message', messageId, input, { inForm: true });
}
