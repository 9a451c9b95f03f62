import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, vi } from 'vitest';

const SOURCE = readFileSync('public/sw.js', 'utf8');
const ORIGIN = 'https://clinic.example';

/** The worker in a browser with these pages open, of which it sees what it uses. */
function worker(openPaths: string[] = []) {
  const listeners = new Map<string, (event: unknown) => void>();
  const shown = vi.fn(async (_title: string, _options: object) => undefined);
  const opened = vi.fn(async (_path: string) => undefined);
  const focused = vi.fn(async (_path: string) => undefined);
  const pages = openPaths.map((path) => ({ url: `${ORIGIN}${path}`, focus: () => focused(path) }));
  runInNewContext(SOURCE, {
    self: {
      location: { origin: ORIGIN },
      clients: { matchAll: async () => pages, openWindow: opened },
      registration: { showNotification: shown },
      addEventListener: (name: string, listener: (event: unknown) => void) => listeners.set(name, listener),
    },
    URL,
    Promise,
    Set,
  });
  const happen = async (name: string, event: object) => {
    let done: Promise<unknown> = Promise.resolve();
    const waitUntil = (promise: Promise<unknown>) => {
      done = promise;
    };
    listeners.get(name)?.({ ...event, waitUntil });
    await done;
  };
  const push = (text: string | null) =>
    happen('push', { data: text === null ? null : { json: (): unknown => JSON.parse(text) } });
  const close = vi.fn();
  const click = (path: unknown) => happen('notificationclick', { notification: { close, data: { path } } });
  return { push, click, close, shown, opened, focused };
}

const TITLE = 'You have a message from your clinic';

describe('a push', () => {
  it('is shown in its words, in the place of one that was not looked at', async () => {
    const { push, shown } = worker();
    await push(JSON.stringify({ v: 1, title: TITLE, path: '/today', tag: 'a' }) + ' '.repeat(200));
    expect(shown.mock.calls).toEqual([
      [TITLE, { icon: '/icons/192.png', tag: 'a', renotify: true, data: { path: '/today' } }],
    ]);
  });

  it.each([
    ['https://evil.example/'],
    ['//evil.example'],
    ['/patients/1'],
    ['javascript:alert(1)'],
    [7],
    [{ constructor: 1 }],
    [null],
  ])('that leads to %o leads to the first page', async (path) => {
    const { push, shown } = worker();
    await push(JSON.stringify({ title: TITLE, path, tag: 'a' }));
    expect(shown.mock.calls[0]?.[1]).toMatchObject({ data: { path: '/' } });
  });

  it.each([[null], ['{'], ['null'], ['7'], ['{}'], ['{"title":{}}'], ['[]']])(
    'of %s still shows something: a browser takes the right away from who shows nothing',
    async (text) => {
      const { push, shown } = worker();
      await push(text);
      expect(shown.mock.calls).toEqual([['Regrasp', { icon: '/icons/192.png', data: { path: '/' } }]]);
    },
  );
});

describe('a press on it', () => {
  it('comes to the page that is open there', async () => {
    const { click, close, focused, opened } = worker(['/practice/1', '/today?x']);
    await click('/today');
    expect([focused.mock.calls, opened.mock.calls]).toEqual([[['/today?x']], []]);
    expect(close).toHaveBeenCalledOnce();
  });

  it('opens one where none is, and leads no page away from what somebody does there', async () => {
    const { click, focused, opened } = worker(['/visit/1', '/practice/1']);
    await click('/notices');
    expect([focused.mock.calls, opened.mock.calls]).toEqual([[], [['/notices']]]);
  });
});
