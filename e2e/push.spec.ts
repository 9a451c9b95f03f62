import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll, expectRoomForLargeText } from './axe';
import { expect, type Pair, type People, test } from './fixtures';
import { onPhone } from './prescribed';
import type { TestServer } from './server';

/**
 * Subscribing needs a server of the browser's maker, which no test asks: this stands in its place and hands out an address
 * that nobody answers. What the server sends to one is proved in `server/contact/channels/push.test.ts`.
 */
async function withPushService(page: Page, answer: 'granted' | 'denied' | 'silent' = 'granted'): Promise<void> {
  if (answer !== 'denied') await page.context().grantPermissions(['notifications']);
  await page.addInitScript((said) => {
    const bytes = (count: number) => String.fromCharCode(...crypto.getRandomValues(new Uint8Array(count)));
    const key = (text: string) => btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
    let made: object | null = null;
    Notification.requestPermission = async () => (said === 'denied' ? 'denied' : 'granted');
    if (said === 'denied') Object.defineProperty(Notification, 'permission', { get: () => 'default' });
    PushManager.prototype.getSubscription = async () => made as PushSubscription | null;
    PushManager.prototype.subscribe = async (options) => {
      if (said === 'silent') throw new DOMException('Registration failed - push service error', 'AbortError');
      if (!(options?.applicationServerKey instanceof Uint8Array) || options.applicationServerKey.length !== 65)
        throw new TypeError('the key of this store is a point of the curve');
      const keys = { p256dh: key(`\x04${bytes(64)}`), auth: key(bytes(16)) };
      const json = { endpoint: `https://push.example.org/${key(bytes(12))}`, keys };
      made = { ...json, options, toJSON: () => json, unsubscribe: async () => (made = null) === null };
      return made as PushSubscription;
    };
  }, answer);
}

async function agree(people: People, pair: Pair): Promise<Page> {
  const admin = await people.page(pair.admin.userId);
  await admin.goto('/admin');
  const form = admin.getByRole('region', { name: 'Notifications' });
  await expect(form).toContainText('It learns where the device is reached and when a message is sent.');
  await form.getByRole('checkbox', { name: 'Our clinic agrees to this' }).check();
  await form.getByRole('button', { name: 'Save notifications' }).click();
  await expect(form.getByText('Saved.')).toBeVisible();
  return admin;
}

const region = (page: Page) => page.getByRole('region', { name: 'Notifications' });
const devices = (page: Page) => region(page).getByRole('list', { name: 'Turned on for' }).getByRole('listitem');

test('Notifications are off until the clinic agrees, are turned on per device, and end with signing out', async ({
  people,
}) => {
  const pair = await people.pair();
  const phone = await people.page(pair.ana.userId, { device: 'phone' });
  await withPushService(phone);
  await phone.goto('/account');
  await expect(phone.getByRole('region', { name: 'How we reach you' })).toBeVisible();
  await expect(region(phone)).toHaveCount(0);
  const admin = await agree(people, pair);
  await expectAccessible(admin, 'admin with notifications');

  await phone.reload();
  await expect(region(phone)).toContainText('“You have a message from your clinic” and nothing more');
  await expect(region(phone)).toContainText('who learns when you get one');
  await region(phone).getByRole('button', { name: 'Turn on for this device' }).click();
  await expect(region(phone).getByRole('status')).toHaveText('Turned on for this device');
  await expect(devices(phone)).toHaveCount(1);
  await expect(devices(phone)).toContainText('this device');
  await expectAccessible(phone, 'notifications');
  await expectNoSidewaysScroll(phone, 'notifications');
  await expectRoomForLargeText(phone, 'notifications');

  const desk = await people.page(pair.ana.userId);
  await withPushService(desk);
  await desk.goto('/account');
  await region(desk).getByRole('button', { name: 'Turn on for this device' }).click();
  await expect(devices(desk)).toHaveCount(2);
  // By keyboard.
  await devices(desk)
    .filter({ hasText: 'this device' })
    .getByRole('button', { name: /^Turn off: / })
    .focus();
  await desk.keyboard.press('Enter');
  await expect(devices(desk)).toHaveCount(1);
  await region(desk).getByRole('button', { name: 'Turn on for this device' }).click();
  await expect(devices(desk)).toHaveCount(2);

  await phone.getByText('Ana Duarte', { exact: true }).first().click();
  await phone.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(phone).toHaveURL(/\/sign-in/);
  await desk.reload();
  await expect(devices(desk)).toHaveCount(1);

  const form = admin.getByRole('region', { name: 'Notifications' });
  await form.getByRole('checkbox', { name: 'Our clinic agrees to this' }).uncheck();
  await form.getByRole('button', { name: 'Save notifications' }).click();
  await expect(form.getByText('Saved.')).toBeVisible();
  await desk.reload();
  await expect(region(desk)).toHaveCount(0);
});

test('What stands in the way of notifications is said in words, with what to do', async ({ people }) => {
  const pair = await people.pair();
  await agree(people, pair);
  const refused = await people.page(pair.mira.userId);
  await withPushService(refused, 'denied');
  await refused.goto('/account');
  await region(refused).getByRole('button', { name: 'Turn on for this device' }).click();
  await expect(region(refused).getByRole('alert')).toHaveText(/were not allowed, so nothing was turned on/);

  const silent = await people.page(pair.mira.userId);
  await withPushService(silent, 'silent');
  await silent.goto('/account');
  await region(silent).getByRole('button', { name: 'Turn on for this device' }).click();
  await expect(region(silent).getByRole('alert')).toHaveText(/push service of your browser did not answer/);
  await expect(devices(silent)).toHaveCount(0);

  for (const [what, words] of [
    ['blocked', /are blocked for this page.* Open the settings/],
    ['iphone', /need Regrasp on the home screen. Tap Share/],
    ['old', /This browser cannot show notifications/],
  ] as const) {
    const page = await people.page(pair.ana.userId, { device: 'phone' });
    await page.addInitScript((kind) => {
      if (kind === 'blocked') Object.defineProperty(Notification, 'permission', { get: () => 'denied' });
      else Reflect.deleteProperty(window, 'PushManager');
      const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1';
      if (kind === 'iphone') Object.defineProperty(navigator, 'userAgent', { get: () => iphone });
    }, what);
    await page.goto('/account');
    await expect(region(page)).toContainText(words);
    await expect(region(page).getByRole('button')).toHaveCount(0);
    await expectAccessible(page, `notifications, ${what}`);
  }
});

/** Hands a message to the worker of this page as the browser does when its push service sends one. */
async function deliver(page: Page, server: TestServer, data: string): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  const found = new Promise<string>((resolve) => {
    browser.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const own = registrations.find(({ scopeURL, isDeleted }) => scopeURL === `${server.url}/` && !isDeleted);
      if (own) resolve(own.registrationId);
    });
  });
  await browser.send('ServiceWorker.enable');
  const registrationId = await found;
  await browser.send('ServiceWorker.deliverPushMessage', { origin: server.url, registrationId, data });
  await browser.detach();
}

const shown = (page: Page) =>
  page.evaluate(async () => {
    const worker = await navigator.serviceWorker.ready;
    const all = await worker.getNotifications();
    return all.map(({ title, body, tag, data }) => ({ title, body, tag, data: data as unknown }));
  });

test('A notification shows the words it was sent with and nothing of health, and opens Today', async ({
  people,
  server,
}) => {
  const { ana } = await onPhone(people, server);
  await ana.context().grantPermissions(['notifications']);
  await ana.goto('/today');
  await expect(ana.getByRole('heading', { name: 'Today’s program' })).toBeVisible();
  await ana.evaluate(async () => {
    await navigator.serviceWorker.register('/sw.js');
    await navigator.serviceWorker.ready;
  });
  const title = 'You have a message from your clinic';
  const said = (path: string) => JSON.stringify({ v: 1, title, path, tag: 'news' }) + ' '.repeat(300);
  await deliver(ana, server, said('/today'));
  await expect.poll(() => shown(ana)).toEqual([{ title, body: '', tag: 'news', data: { path: '/today' } }]);
  // The next takes its place; one that leads elsewhere leads to the first page.
  await deliver(ana, server, said('https://elsewhere.example/'));
  await expect.poll(() => shown(ana)).toEqual([{ title, body: '', tag: 'news', data: { path: '/' } }]);
  await deliver(ana, server, said('/today'));
  await expect.poll(() => shown(ana)).toMatchObject([{ data: { path: '/today' } }]);

  // A browser lets a worker open a page only for a finger on the notification, which no test has: it says what it would.
  const [worker] = ana.context().serviceWorkers();
  if (!worker) throw new Error('the page has its worker');
  const press = () =>
    worker.evaluate(async () => {
      const scope = self as unknown as {
        clients: Record<'openWindow' | 'matchAll', (path: string) => Promise<unknown>>;
        registration: { getNotifications(): Promise<unknown[]> };
        dispatchEvent(event: Event): void;
      };
      const opened: string[] = [];
      scope.clients.openWindow = async (path) => opened.push(path);
      const [notification] = await scope.registration.getNotifications();
      const all = await scope.clients.matchAll('');
      const Press = (globalThis as unknown as { NotificationEvent: new (name: string, with_: object) => Event })
        .NotificationEvent;
      scope.dispatchEvent(new Press('notificationclick', { notification }));
      await new Promise((resolve) => setTimeout(resolve, 300));
      return { opened, pages: (all as unknown[]).length };
    });
  await ana.goto('/progress');
  expect((await press()).opened).toEqual(['/today']);
  await expect.poll(() => shown(ana)).toEqual([]);
});
