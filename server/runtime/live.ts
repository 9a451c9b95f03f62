import 'server-only';
import { EventEmitter } from 'node:events';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Database } from '#db/open';
import { type LiveEvent, liveEventSchema } from '#domain/input/live-event';
import { parseJson } from './parse-json';

/** Who a live event concerns. Addressing only; nothing of it reaches the browser but topic and id. */
const addressedSchema = z.object({
  event: liveEventSchema,
  clinicId: z.string(),
  patientId: z.string().nullable(),
  userId: z.string().nullable(),
});

export type AddressedEvent = { event: LiveEvent; clinicId: string; patientId: string | null; userId: string | null };

export type Live = {
  /** Tells every listener of every process. Called after commit only. */
  publish(events: readonly AddressedEvent[]): void;
  subscribe(handler: (event: AddressedEvent) => void): () => void;
  /** Whether other processes are heard, now or within a moment; false: pages poll meanwhile. */
  isHeard(withinMs: number): Promise<boolean>;
  /** Called whenever what was heard may have been incomplete, or the process ends: streams end, pages read again. */
  onBreak(handler: () => void): () => void;
  /** Ends every stream; none begins any more. */
  end(): void;
  close(): Promise<void>;
};

function upWithin(emitter: EventEmitter, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms).unref();
    emitter.once('up', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** On SQLite an emitter of this process; on PostgreSQL also LISTEN/NOTIFY, so that several processes agree. */
export function createLive(database: Database, log: Logger): Live {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  const deliver = (event: AddressedEvent) => emitter.emit('event', event);
  let isHeard = database.channel === null;
  const listening = database.channel?.listen({
    onMessage(payload) {
      const parsed = addressedSchema.safeParse(parseJson(payload));
      if (parsed.success) deliver(parsed.data);
    },
    onUp() {
      isHeard = true;
      emitter.emit('up');
    },
    onDown(err) {
      if (isHeard) log.error({ err }, 'live channel lost; pages poll until it is back');
      isHeard = false;
      emitter.emit('break');
    },
  });
  let hasEnded = false;
  return {
    async isHeard(withinMs) {
      if (!isHeard && !hasEnded) await upWithin(emitter, withinMs);
      return isHeard && !hasEnded;
    },
    onBreak(handler) {
      emitter.on('break', handler);
      return () => emitter.off('break', handler);
    },
    end() {
      hasEnded = true;
      emitter.emit('break');
    },
    publish(events) {
      for (const event of events) {
        if (!database.channel) deliver(event);
        else
          database.channel
            .notify(JSON.stringify(event))
            .catch((err: unknown) => log.error({ err }, 'live notify failed'));
      }
    },
    subscribe(handler) {
      emitter.on('event', handler);
      return () => emitter.off('event', handler);
    },
    async close() {
      emitter.removeAllListeners();
      await listening?.stop();
    },
  };
}
