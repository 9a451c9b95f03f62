import 'server-only';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type FakeRooms = {
  apiUrl: string;
  /** Room name to the identities in it. */
  rooms: Map<string, string[]>;
  /** Methods that were asked for. */
  asked: string[];
  /** Away: connections are cut. */
  isAway: boolean;
  /** The most questions that were under way at once. */
  most: number;
  /** Who is in a room is not answered until so many ask at once; then all are. */
  waitsFor: number;
  close(): Promise<void>;
};

type Asked = { names?: string[]; room?: string; identity?: string };

function answer(rooms: FakeRooms['rooms'], method: string, { names = [], room = '', identity }: Asked): object {
  if (method === 'ListRooms')
    return { rooms: names.filter((name) => rooms.has(name)).map((name) => ({ name, sid: name })) };
  if (method === 'DeleteRoom') rooms.delete(room);
  if (method === 'RemoveParticipant')
    rooms.set(
      room,
      (rooms.get(room) ?? []).filter((one) => one !== identity),
    );
  if (method === 'ListParticipants')
    return { participants: (rooms.get(room) ?? []).map((one) => ({ identity: one, sid: one })) };
  return {};
}

/** What the media server's rooms interface answers, over HTTP, so that the real client is asked. */
export async function startFakeRooms(): Promise<FakeRooms> {
  const state: FakeRooms = {
    apiUrl: '',
    rooms: new Map(),
    asked: [],
    isAway: false,
    most: 0,
    waitsFor: 0,
    close: async () => undefined,
  };
  let underWay = 0;
  const held: (() => void)[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (state.isAway) {
        request.socket.destroy();
        return;
      }
      underWay += 1;
      state.most = Math.max(state.most, underWay);
      const method = request.url?.split('/').at(-1) ?? '';
      state.asked.push(method);
      const body = JSON.stringify(answer(state.rooms, method, JSON.parse(Buffer.concat(chunks).toString() || '{}')));
      const give = () => {
        underWay -= 1;
        response.setHeader('content-type', 'application/json').end(body);
      };
      if (method !== 'ListParticipants') return give();
      held.push(give);
      if (underWay < state.waitsFor) return;
      state.waitsFor = 0;
      for (const one of held.splice(0)) one();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  state.apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  state.close = () => new Promise((resolve) => server.close(() => resolve()));
  return state;
}
