// Keeps the patient's pages for use offline. They carry no record: the day, the logs and the clips are in the device's
// own stores. Nothing else is kept, and signing out empties it.
const CACHE = 'regrasp-frames';
const STATIC = /\/_next\/static\/[^"'\\\s)]+/g;
const KEPT_PATHS = /^\/(today|away|check-ins\/new|practice\/[^/]+)$/;
const HOME = '/today';
/** Tabs whose pages are made of the record, so that they are not kept: a page of ours says what each of them needs. */
const TABS = new Set(['/check-ins', '/progress', '/visits', '/account']);
const AWAY = '/away';
/** A line that is half there answers late or never; a page that is kept does not wait longer for it. */
const PATIENCE_MS = 3000;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

/** The open page says which pages are needed; what they no longer need is deleted. */
self.addEventListener('message', (event) => {
  if (event.data?.kind === 'keep' && Array.isArray(event.data.paths)) {
    const paths = event.data.paths.filter((path) => typeof path === 'string' && KEPT_PATHS.test(path));
    keeping = keeping.then(() => keep(paths)).catch(() => undefined);
    event.waitUntil(keeping);
  }
});

/** One list after the other: the end of an older one would delete what the newer has just kept. */
let keeping = Promise.resolve();

async function keep(paths) {
  const cache = await caches.open(CACHE);
  const needed = new Set(paths);
  for (const path of paths) {
    const page = await fetch(path, { credentials: 'same-origin' });
    if (!isKeepable(page)) return;
    const text = await page.clone().text();
    for (const address of new Set(text.match(STATIC) ?? [])) {
      needed.add(address);
      if (!(await cache.match(address))) await cache.add(address);
    }
    // Last: a line that is lost in between leaves the page as it was kept before, never one that lacks its scripts.
    await cache.put(path, page);
  }
  for (const request of await cache.keys()) if (!needed.has(new URL(request.url).pathname)) await cache.delete(request);
}

/** Not a page that leads to signing in, nor an error. */
function isKeepable(response) {
  return response.ok && !response.redirected;
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(navigate(request, pathname));
  else if (pathname.startsWith('/_next/static/')) event.respondWith(fromCacheFirst(request));
});

const kept = (pathname) => caches.match(pathname, { cacheName: CACHE });

async function navigate(request, pathname) {
  const page = await kept(pathname);
  const asked = fetch(request);
  try {
    const answer = page ? await Promise.race([asked, late()]) : await asked;
    // A server that cannot answer is no better than none; a proxy says so in its stead while it starts.
    if (answer && answer.status < 500) return answer;
    return (await instead(page, pathname)) ?? (await asked);
  } catch (problem) {
    const other = await instead(page, pathname);
    if (other) return other;
    throw problem;
  } finally {
    // Nobody waits for it any more.
    asked.catch(() => undefined);
  }
}

/** What opens without a line. */
async function instead(page, pathname) {
  if (page) return page;
  if (TABS.has(pathname) && (await kept(AWAY))) return Response.redirect(`${AWAY}?from=${pathname}`);
  return pathname !== HOME && (await kept(HOME)) ? Response.redirect(HOME) : null;
}

const late = () => new Promise((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));

async function fromCacheFirst(request) {
  return (await caches.match(request, { cacheName: CACHE })) ?? (await fetch(request));
}
