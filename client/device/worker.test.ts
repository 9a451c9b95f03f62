import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { beforeEach, describe, expect, it, vi } from 'vitest';

const SOURCE = readFileSync('public/sw.js', 'utf8');
const ORIGIN = 'https://clinic.example';

type Answer = { status: number; ok: boolean; redirected: boolean; text: string; location?: string };
type Asked = (path: string) => Promise<Answer>;

const page = (text: string, status = 200): Answer => ({ status, ok: status < 400, redirected: false, text });
const redirect = (location: string): Answer => ({ ...page('', 302), location });
const responseOf = (answer: Answer) => ({ ...answer, clone: () => ({ text: async () => answer.text }) });

/** The worker in a browser of which it sees what it uses. */
function worker(server: Asked) {
  const stored = new Map<string, Answer>();
  const listeners = new Map<string, (event: unknown) => void>();
  const pathOf = (request: unknown) =>
    typeof request === 'string' ? request : new URL((request as { url: string }).url).pathname;
  const fetch = async (request: unknown) => responseOf(await server(pathOf(request)));
  const cache = {
    match: async (request: unknown) => stored.get(pathOf(request)),
    add: async (path: string) => void stored.set(path, await server(path)),
    put: async (path: string, answer: Answer) => void stored.set(path, answer),
    keys: async () => [...stored.keys()].map((path) => ({ url: `${ORIGIN}${path}` })),
    delete: async (request: unknown) => stored.delete(pathOf(request)),
  };
  runInNewContext(SOURCE, {
    self: {
      location: { origin: ORIGIN },
      clients: { claim: async () => undefined },
      skipWaiting: () => undefined,
      addEventListener: (name: string, listener: (event: unknown) => void) => listeners.set(name, listener),
    },
    caches: { open: async () => cache, match: cache.match },
    Response: { redirect },
    fetch,
    setTimeout,
    URL,
    Promise,
    Set,
  });
  return {
    stored,
    keep: async (paths: string[]) => {
      let done: Promise<unknown> = Promise.resolve();
      listeners.get('message')?.({
        data: { kind: 'keep', paths },
        waitUntil: (promise: Promise<unknown>) => {
          done = promise;
        },
      });
      await done;
    },
    /** What a navigation shows; undefined where the worker leaves it to the browser. */
    open: (
      path: string,
      change: { method?: string; mode?: string; origin?: string } = {},
    ): Promise<Answer> | undefined => {
      let shown: Promise<Answer> | undefined;
      const { method = 'GET', mode = 'navigate', origin = ORIGIN } = change;
      listeners.get('fetch')?.({
        request: { method, mode, url: `${origin}${path}` },
        respondWith: (answer: Promise<Answer>) => {
          shown = answer;
        },
      });
      return shown;
    },
  };
}

let answers: Map<string, Answer | 'never' | 'away'>;
const server: Asked = async (path) => {
  const answer = answers.get(path) ?? page(`${path} from the server`);
  if (answer === 'away') throw new TypeError('Failed to fetch');
  return answer === 'never' ? await new Promise<never>(() => undefined) : answer;
};

async function withKept() {
  const made = worker(server);
  await made.keep(['/today', '/away', '/practice/one']);
  return made;
}

beforeEach(() => {
  answers = new Map();
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  return () => vi.useRealTimers();
});

describe('the worker of the patient’s pages', () => {
  it('shows what the server answers, while it does', async () => {
    const { open } = await withKept();
    answers.set('/today', page('newer'));
    expect((await open('/today'))?.text).toBe('newer');
  });

  it('shows a kept page when the line is half there: after three seconds, not before', async () => {
    const { open } = await withKept();
    answers.set('/today', 'never');
    let shown: string | null = null;
    void open('/today')?.then(({ text }) => {
      shown = text;
    });
    await vi.advanceTimersByTimeAsync(2900);
    expect(shown).toBeNull();
    await vi.advanceTimersByTimeAsync(200);
    expect(shown).toBe('/today from the server');
  });

  it('shows a kept page in the place of a server that cannot answer', async () => {
    const { open } = await withKept();
    answers.set('/practice/one', page('Bad Gateway', 502));
    expect((await open('/practice/one'))?.text).toBe('/practice/one from the server');
  });

  it('waits for a page that is not kept, however slow the line is', async () => {
    const { open } = await withKept();
    answers.set('/progress', 'never');
    const shown = vi.fn();
    void open('/progress')?.then(shown);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(shown).not.toHaveBeenCalled();
  });

  it.each(['/check-ins', '/progress', '/visits', '/account'])('says what %s needs without a line', async (tab) => {
    const { open } = await withKept();
    for (const trouble of ['away', page('Bad Gateway', 503)] as const) {
      answers.set(tab, trouble);
      expect((await open(tab))?.location).toBe(`/away?from=${tab}`);
    }
  });

  it('leads to Today from any other place, and nowhere where nothing is kept', async () => {
    const { open, stored } = await withKept();
    answers.set('/check-ins/abc', 'away');
    expect((await open('/check-ins/abc'))?.location).toBe('/today');
    stored.clear();
    await expect(open('/check-ins/abc')).rejects.toThrow('Failed to fetch');
    answers.set('/check-ins/abc', page('Bad Gateway', 502));
    expect((await open('/check-ins/abc'))?.text).toBe('Bad Gateway');
  });

  it('keeps no page that leads to signing in, and none but the patient’s own', async () => {
    answers.set('/today', { ...page('sign in'), redirected: true });
    const { keep, stored } = worker(server);
    await keep(['/today', '/patients/one', 'https://elsewhere.example/']);
    expect([...stored.keys()]).toEqual([]);
  });

  it('keeps the scripts of a page with it, and lets go of what is not needed any more', async () => {
    answers.set('/today', page('<script src="/_next/static/a.js">'));
    const { keep, stored, open } = worker(server);
    await keep(['/today', '/practice/old']);
    await keep(['/today']);
    expect([...stored.keys()].sort()).toEqual(['/_next/static/a.js', '/today']);
    answers.set('/_next/static/a.js', 'away');
    expect((await open('/_next/static/a.js', { mode: 'no-cors' }))?.text).toBe('/_next/static/a.js from the server');
  });

  it('leaves everything else alone: records, media, writes, other origins', async () => {
    const { open } = await withKept();
    expect(open('/api/trpc/practice.dayPack', { mode: 'cors' })).toBeUndefined();
    expect(open('/api/media/one', { mode: 'no-cors' })).toBeUndefined();
    expect(open('/today', { method: 'POST' })).toBeUndefined();
    expect(open('/today', { origin: 'https://elsewhere.example' })).toBeUndefined();
  });
});
