import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { beforeEach, describe, expect, it, vi } from 'vitest';

const SOURCE = readFileSync('public/sw.js', 'utf8');
const ORIGIN = 'https://clinic.example';

type Answer = {
  status: number;
  ok: boolean;
  redirected: boolean;
  text: string;
  location?: string;
  type?: string;
  headers: Headers;
};
type Asked = (path: string) => Promise<Answer>;

const answerOf = (text: string, status: number, headers: Headers): Answer => ({
  status,
  ok: status < 400,
  redirected: false,
  text,
  headers,
});
/** As this app answers: `next.config.js` puts the header on all of it. */
const page = (text: string, status = 200): Answer => answerOf(text, status, new Headers({ 'X-Regrasp': 'app' }));
/** As anything else on the way does. */
const foreign = (text: string, status: number): Answer => answerOf(text, status, new Headers());
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
    Response: class {
      static redirect = redirect;
      status: number;
      constructor(_body: null, { status }: { status: number }) {
        this.status = status;
      }
    },
    fetch,
    setTimeout,
    Date,
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
      change: { method?: string; mode?: string; origin?: string; headers?: Record<string, string> } = {},
    ): Promise<Answer> | undefined => {
      let shown: Promise<Answer> | undefined;
      const { method = 'GET', mode = 'navigate', origin = ORIGIN, headers = {} } = change;
      listeners.get('fetch')?.({
        request: { method, mode, url: `${origin}${path}`, headers: new Headers(headers) },
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
  vi.useFakeTimers({ toFake: ['setTimeout', 'Date'] });
  return () => vi.useRealTimers();
});

/** A press on a link, as the router of the open page asks. */
const PRESS = { mode: 'cors', headers: { RSC: '1', 'Next-Router-State-Tree': 'where it is' } };

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

  it.each([200, 403, 404, 429])(
    'shows a kept page where another answers %i in the place of this app',
    async (status) => {
      const { open } = await withKept();
      answers.set('/practice/one', foreign('Please sign in to the hotel', status));
      expect((await open('/practice/one'))?.text).toBe('/practice/one from the server');
      answers.set('/progress', foreign('Slow down', status));
      expect((await open('/progress'))?.location).toBe('/away?from=/progress');
    },
  );

  it.each([403, 404])('shows the app’s own %i, and where it leads', async (status) => {
    const { open } = await withKept();
    answers.set('/practice/one', page('This page is not here', status));
    expect((await open('/practice/one'))?.text).toBe('This page is not here');
    const led = { ...foreign('', 0), type: 'opaqueredirect' };
    answers.set('/today', led);
    expect(await open('/today')).toMatchObject({ type: 'opaqueredirect' });
  });

  it('lets the open page load the other one whole where a press on a link gets no answer', async () => {
    const { open } = await withKept();
    answers.set('/today', 'never');
    let status: number | null = null;
    void open('/today', PRESS)?.then((answer) => {
      status = answer.status;
    });
    await vi.advanceTimersByTimeAsync(2900);
    expect(status).toBeNull();
    await vi.advanceTimersByTimeAsync(200);
    expect(status).toBe(204);
    let shown: string | null = null;
    void open('/today')?.then(({ text }) => {
      shown = text;
    });
    await vi.advanceTimersByTimeAsync(10);
    expect(shown).toBe('/today from the server');
  });

  it.each([foreign('', 403), foreign('', 404), foreign('', 429), page('', 502), 'away' as const])(
    'does so for what is no answer: %#',
    async (trouble) => {
      const { open } = await withKept();
      answers.set('/today', trouble);
      expect((await open('/today', PRESS))?.status).toBe(204);
      answers.set('/progress', 'away');
      expect((await open('/progress', PRESS))?.status).toBe(204);
    },
  );

  it('gives the press its answer, waits where no page is kept, and leaves alone what is asked ahead', async () => {
    const { open } = await withKept();
    answers.set('/today', page('of the server'));
    expect((await open('/today', PRESS))?.text).toBe('of the server');
    answers.set('/progress', 'never');
    const shown = vi.fn();
    void open('/progress', PRESS)?.then(shown);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(shown).not.toHaveBeenCalled();
    for (const ahead of ['Next-Router-Prefetch', 'Next-Router-Segment-Prefetch'])
      expect(open('/today', { mode: 'cors', headers: { RSC: '1', [ahead]: '1' } })).toBeUndefined();
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

  it('keeps nothing that another answered in the place of this app', async () => {
    const { keep, stored } = worker(server);
    answers.set('/today', foreign('Please sign in to the hotel', 200));
    await keep(['/today']);
    answers.set('/today', page('<script src="/_next/static/a.js">'));
    answers.set('/_next/static/a.js', foreign('Please sign in to the hotel', 200));
    await keep(['/today']);
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
