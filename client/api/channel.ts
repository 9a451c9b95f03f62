export type Channel = Pick<BroadcastChannel, 'postMessage' | 'close' | 'onmessage'>;

/** Between the tabs of one browser. Browsers of before 2022 have none: there each tab is by itself. */
export function openChannel(name: string): Channel {
  if (typeof BroadcastChannel !== 'undefined') return new BroadcastChannel(name);
  return { onmessage: null, postMessage: () => undefined, close: () => undefined };
}
