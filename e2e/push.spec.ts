import type { Page, Worker } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll, expectRoomForLargeText } from './axe';
import { expect, type Pair, type People, test } from './fixtures';
import { onPhone } from './prescribed';
import type { TestServer } from './server';

/**
 * Subscribing needs a server of the browser's maker, which no test asks, and Chromium without a window shows no notifications
 * and says that they are denied: this stands in the place of both. It hands out an address that nobody answers; what the
 * server sends to one is proved in `server/contact/channels/push.test.ts`.
 */
async function withPushService(page: Page, answer: 'granted' | 'denied' | 'silent' = 'granted'): Promise<void> {
  await page.addInitScript((said) => {
    const bytes = (count: number) => String.fromCharCode(...crypto.getRandomValues(new Uint8Array(count)));
    const key = (text: string) => btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
    let made: object | null = null;
    Notification.requestPermission = async () => (said === 'denied' ? 'denied' : 'granted');
    Object.defineProperty(Notification, 'permission', { get: () => 'default' });
    PushManager.prototype.getSubscription = async () => made as PushSubscription | null;
    PushManager.prototype.subscribe = async (options) => {
      if (said === 'silent') throw new DOMException('Registration failed - push service error', 'AbortError');
      if (!(options?.applicationServerKey instanceof Uint8Array) || options.applicationServerKey.length !== 65)
        throw new TypeError('the key of this store is a point of the curve');
      const keys = { p256dh: key(`\x04${bytes(64)}`), auth: key(bytes(16)) };
      const json = { endpoint: `https://push.example.org/${key(bytes(12))}`, keys };
      const unsubscribe = async () => {
        made = null;
        return true;
      };
      made = { ...json, options, toJSON: () => json, unsubscribe };
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

  await phone.getByRole('banner').getByRole('group').click();
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
      Object.defineProperty(Notification, 'permission', { get: () => (kind === 'blocked' ? 'denied' : 'default') });
      if (kind !== 'blocked') Reflect.deleteProperty(window, 'PushManager');
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

type Said = { title: string; options: { tag?: string; body?: string; data: unknown } };
type Scope = {
  shown: Said[];
  opened: string[];
  registration: { showNotification(title: string, options: Said['options']): Promise<void> };
  clients: { openWindow(path: string): Promise<void> };
  dispatchEvent(event: Event): void;
};

/**
 * What the worker shows and opens, written down by it: Chromium without a window does neither, and lets a worker open a page
 * only for a finger on a notification.
 */
async function watched(worker: Worker) {
  await worker.evaluate(() => {
    const scope = self as unknown as Scope;
    scope.shown = [];
    scope.opened = [];
    scope.registration.showNotification = async (title, options) => {
      scope.shown.push({ title, options });
    };
    scope.clients.openWindow = async (path) => {
      scope.opened.push(path);
    };
  });
  return {
    shown: () => worker.evaluate(() => (self as unknown as Scope).shown),
    opened: () => worker.evaluate(() => (self as unknown as Scope).opened),
    /** A finger on the last of them. */
    press: () =>
      worker.evaluate(() => {
        const scope = self as unknown as Scope;
        const notification = { ...scope.shown.at(-1)?.options, close: () => undefined };
        const event = Object.assign(new ExtendableEvent('notificationclick'), { notification });
        scope.dispatchEvent(event);
      }),
  };
}
declare const ExtendableEvent: new (name: string) => Event;

test('A notification shows the words it was sent with and nothing of health, and opens Today', async ({
  people,
  server,
}) => {
  const { ana } = await onPhone(people, server);
  await ana.goto('/today');
  await expect(ana.getByRole('heading', { level: 1 })).toContainText('Ana');
  await ana.evaluate(async () => {
    await navigator.serviceWorker.register('/sw.js');
    await navigator.serviceWorker.ready;
  });
  await expect.poll(() => ana.context().serviceWorkers().length).toBe(1);
  const [worker] = ana.context().serviceWorkers();
  if (!worker) throw new Error('the page has its worker');
  const { shown, opened, press } = await watched(worker);
  const title = 'You have a message from your clinic';
  const said = (path: string) => JSON.stringify({ v: 1, title, path, tag: 'news' }) + ' '.repeat(300);
  const options = { icon: '/icons/192.png', tag: 'news', renotify: true };
  await deliver(ana, server, said('/today'));
  await expect.poll(shown).toEqual([{ title, options: { ...options, data: { path: '/today' } } }]);

  // Today is open and is come to; beside another page a new one is opened, and nobody is led away.
  await press();
  expect(await opened()).toEqual([]);
  await ana.goto('/progress');
  await press();
  await expect.poll(opened).toEqual(['/today']);
  await expect(ana).toHaveURL(/\/progress$/);

  // One that would lead elsewhere leads to the first page; what cannot be read shows something all the same.
  await deliver(ana, server, said('https://elsewhere.example/'));
  await expect.poll(async () => (await shown())[1]?.options.data).toEqual({ path: '/' });
  await deliver(ana, server, 'x');
  await expect.poll(async () => (await shown())[2]?.title).toBe('Regrasp');
});
