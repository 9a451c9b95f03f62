import type { PushSubscriptionKeys } from '#domain/contact/push';

/** What this browser can do. `home_screen`: only where the app was put there, as on an iPhone. */
export type PushAbility = 'none' | 'home_screen' | 'denied' | 'able';

const isApplePhone = () =>
  /\b(iPhone|iPad)\b/.test(navigator.userAgent) ||
  // An iPad says that it is a Mac, which no finger touches.
  (/\bMacintosh\b/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);

/** Asked when the page has loaded, and after a press: a person may change it in the browser at any time. */
export function pushAbility(): PushAbility {
  if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window))
    return isApplePhone() && !matchMedia('(display-mode: standalone)').matches ? 'home_screen' : 'none';
  return Notification.permission === 'denied' ? 'denied' : 'able';
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0));
}

async function registration(): Promise<ServiceWorkerRegistration> {
  if (!(await navigator.serviceWorker.getRegistration('/'))) await navigator.serviceWorker.register('/sw.js');
  return await navigator.serviceWorker.ready;
}

const isMadeWith = (made: PushSubscription, key: Uint8Array) => {
  const known = made.options.applicationServerKey;
  return known !== null && new Uint8Array(known).every((byte, at) => byte === key[at]);
};

/** Asks the person, then the browser's push service. `denied` by the person; `failed`: the service did not answer. */
export async function subscribeDevice(publicKey: string): Promise<PushSubscriptionKeys | 'denied' | 'failed'> {
  try {
    if ((await Notification.requestPermission()) !== 'granted') return 'denied';
    const { pushManager } = await registration();
    const applicationServerKey = bytesOf(publicKey);
    const before = await pushManager.getSubscription();
    // Of another installation at this address: a browser refuses a second key beside it.
    if (before && !isMadeWith(before, applicationServerKey)) await before.unsubscribe();
    const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
    const { endpoint, keys } = made.toJSON();
    const { p256dh, auth } = keys ?? {};
    return endpoint && p256dh && auth ? { endpoint, p256dh, auth } : 'failed';
  } catch {
    return 'failed';
  }
}

/** This browser asks its push service for nothing any more. What the server knew is removed there. */
export async function unsubscribeDevice(): Promise<void> {
  const known = await navigator.serviceWorker?.getRegistration('/').catch(() => undefined);
  const made = await known?.pushManager?.getSubscription().catch(() => null);
  await made?.unsubscribe().catch(() => false);
}
