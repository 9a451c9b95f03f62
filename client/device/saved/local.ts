import { type Channel, openChannel } from '#client/api/channel';
import { keepText, listTexts, readText } from './kept';

/** What was put down under a name, as a page has it in its memory: read at once, and written through to the device. */
type Local = { userId: string; values: Map<string, unknown>; channel: Channel };

const PREFIX = 'local ';
const listeners = new Set<() => void>();
let local: Local | null = null;
let opening: Promise<void> | null = null;

async function open(userId: string): Promise<void> {
  const values = new Map<string, unknown>();
  const channel = openChannel(`regrasp.local.${userId}`);
  local = { userId, values, channel };
  const read = async (name: string) => {
    const value = await readText(userId, PREFIX + name);
    if (value === null) values.delete(name);
    else values.set(name, value);
    for (const listener of listeners) listener();
  };
  channel.onmessage = ({ data }: MessageEvent<string>) => void read(data).catch(() => undefined);
  try {
    const names = (await listTexts(userId)).filter((name) => name.startsWith(PREFIX));
    await Promise.all(names.map((name) => read(name.slice(PREFIX.length))));
  } catch {
    // A store that cannot be read holds nothing; the page keeps it.
  }
}

/** Reads what this person has put down on this device; everything below is of them from then on. Once for a page. */
export async function openLocal(userId: string): Promise<void> {
  if (local?.userId !== userId) opening = open(userId);
  await opening;
}

/** Null where nothing is there. */
export function readLocal(name: string): unknown {
  return local?.values.get(name) ?? null;
}

/** Seen at once; null = nothing is to be kept under it any more. */
export function writeLocal(name: string, value: object | null): void {
  if (!local) return;
  const { userId, values, channel } = local;
  if (value === null) values.delete(name);
  else values.set(name, value);
  void keepText(userId, PREFIX + name, value).then(() => channel.postMessage(name));
}

export function localNames(): string[] {
  return [...(local?.values.keys() ?? [])];
}

/** Calls where another tab of this person has put something down. */
export function onLocal(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
