import type { Page } from '@playwright/test';

type Received = { topic: string; sender: string; bytes: number };

/** What the page keeps; it lives in the browser, so it names nothing of Node. */
declare global {
  interface Window {
    bare: {
      received: Received[];
      left: number | null;
      peers(): string[];
      send(topic: string, bytes: number[], reliable: boolean): Promise<void>;
    };
    LivekitClient: typeof import('livekit-client');
  }
}

export type BareRoom = {
  /** Sends a data message as this participant, whatever it holds. */
  send(topic: string, bytes: Uint8Array, options?: { reliable?: boolean }): Promise<void>;
  received(): Promise<Received[]>;
  /** Who else is in the room, by identity. */
  peers(): Promise<string[]>;
  /** Why the server put it out, or null while it is in. */
  left(): Promise<number | null>;
};

/** A page with livekit-client and nothing of ours: whatever a person with a token can do, it can. */
export async function joinBare(page: Page, { url, token }: { url: string; token: string }): Promise<BareRoom> {
  await page.addScriptTag({ path: 'node_modules/livekit-client/dist/livekit-client.umd.js' });
  await page.evaluate(
    async ({ url, token }) => {
      const { Room, RoomEvent, setLogLevel } = window.LivekitClient;
      setLogLevel('silent');
      const room = new Room();
      window.bare = {
        received: [],
        left: null,
        peers: () => [...room.remoteParticipants.keys()],
        send: (topic, bytes, reliable) =>
          room.localParticipant.publishData(new Uint8Array(bytes), { topic: topic || undefined, reliable }),
      };
      room.on(RoomEvent.DataReceived, (bytes, participant, _kind, topic) => {
        window.bare.received.push({ topic: topic ?? '', sender: participant?.identity ?? '', bytes: bytes.byteLength });
      });
      room.on(RoomEvent.Disconnected, (reason) => {
        window.bare.left = reason ?? 0;
      });
      await room.connect(url, token);
    },
    { url, token },
  );
  return {
    send: (topic, bytes, { reliable = true } = {}) =>
      page.evaluate(([topic, bytes, reliable]) => window.bare.send(topic, bytes, reliable), [
        topic,
        [...bytes],
        reliable,
      ] as const as [string, number[], boolean]),
    received: () => page.evaluate(() => window.bare.received),
    peers: () => page.evaluate(() => window.bare.peers()),
    left: () => page.evaluate(() => window.bare.left),
  };
}
