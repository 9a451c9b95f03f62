// Keeps the patient's pages for use offline. They carry no record: the day, the logs and the clips are in the device's
// own stores. Nothing else is kept, and signing out empties it.
const CACHE = 'regrasp-frames';
const STATIC = /\/_next\/static\/[^"'\\\s)]+/g;
const KEPT_PATHS = /^\/(today|away|messages|reach|check-ins\/new|practice\/[^/]+)$/;
const HOME = '/today';
/** Tabs whose pages are made of the record, so that they are not kept: a page of ours says what each of them needs. */
const TABS = new Set(['/check-ins', '/progress', '/visits', '/account']);
const AWAY = '/away';
/** A line that is half there answers late or never; a page that is kept does not wait longer for it. */
const PATIENCE_MS = 3000;
/** After patience ran out for a press on a link, the page that is asked for in its place is not waited for again. */
const IMPATIENT_MS = 5000;
/** On every answer of this app. Without it, a proxy, a guard or a hotel's sign-in answered in its place. */
const OURS = 'x-regrasp';

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
      if (await cache.match(address)) continue;
      const script = await fetch(address);
      if (!isKeepable(script)) return;
      await cache.put(address, script);
    }
    // Last: a line that is lost in between leaves the page as it was kept before, never one that lacks its scripts.
    await cache.put(path, page);
  }
  for (const request of await cache.keys()) if (!needed.has(new URL(request.url).pathname)) await cache.delete(request);
}

/** Not a page that leads to signing in, nor an error, nor what another answered. */
function isKeepable(response) {
  return response.ok && !response.redirected && isOurs(response);
}

/** Where a navigation is led elsewhere, the browser shows no worker by whom: it follows. */
function isOurs(response) {
  return response.type === 'opaqueredirect' || response.headers.has(OURS);
}

/** A server that cannot answer is no better than none, and what another says in its stead is no answer. */
function isAnswer(response) {
  return isOurs(response) && response.status < 500;
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(navigate(request, pathname));
  else if (isPress(request)) event.respondWith(follow(request, pathname));
  else if (pathname.startsWith('/_next/static/')) event.respondWith(fromCacheFirst(request));
});

const kept = (pathname) => caches.match(pathname, { cacheName: CACHE });

async function navigate(request, pathname) {
  const page = await kept(pathname);
  const asked = fetch(request);
  try {
    const answer = page ? await Promise.race([asked, late(patienceMs())]) : await asked;
    if (answer && isAnswer(answer)) return answer;
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

/** A link was pressed: the open page asks for what it needs of the other one. Nobody waits for what is asked ahead. */
function isPress({ headers }) {
  return headers.has('rsc') && !headers.has('next-router-prefetch') && !headers.has('next-router-segment-prefetch');
}

/** An answer with nothing in it makes the open page load the other one whole: then the page that is kept is shown. */
async function follow(request, pathname) {
  const asked = fetch(request).catch(() => null);
  const isKept = (await kept(pathname)) !== undefined;
  const answer = isKept ? await Promise.race([asked, late(PATIENCE_MS)]) : await asked;
  if (answer && (!isKept || isAnswer(answer))) return answer;
  impatientUntil = Date.now() + IMPATIENT_MS;
  return new Response(null, { status: 204 });
}

let impatientUntil = 0;

const patienceMs = () => (Date.now() < impatientUntil ? 0 : PATIENCE_MS);

/** What opens without a line. */
async function instead(page, pathname) {
  if (page) return page;
  if (TABS.has(pathname) && (await kept(AWAY))) return Response.redirect(`${AWAY}?from=${pathname}`);
  return pathname !== HOME && (await kept(HOME)) ? Response.redirect(HOME) : null;
}

const late = (ms) => new Promise((resolve) => setTimeout(() => resolve(null), ms));

async function fromCacheFirst(request) {
  return (await caches.match(request, { cacheName: CACHE })) ?? (await fetch(request));
}

/** Where a notification may lead: what a push says is believed no further. */
const NEWS_PATHS = new Set([HOME, '/notices']);

/** Words from the server, encrypted for this device (`server/contact/channels/push.ts`). Something must always be shown. */
self.addEventListener('push', (event) => {
  const { title, path, tag } = readPush(event.data);
  const options = { icon: '/icons/192.png', data: { path: NEWS_PATHS.has(path) ? path : '/' } };
  // The newest takes the place of what was not looked at, and is heard.
  if (typeof tag === 'string') Object.assign(options, { tag, renotify: true });
  event.waitUntil(self.registration.showNotification(typeof title === 'string' ? title : 'Regrasp', options));
});

function readPush(data) {
  try {
    return data?.json() ?? {};
  } catch {
    return {};
  }
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openNews(event.notification.data?.path ?? '/'));
});

/** No page is led away from what somebody does there, such as a visit or a practice. */
async function openNews(path) {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const open = pages.find(({ url }) => new URL(url).pathname === path);
  return open ? await open.focus() : await self.clients.openWindow(path);
}
