import { forgetThreads } from '#client/contact/thread-store';
import { dropOfflinePages } from '#client/device/offline-pages';
import { forgetDays } from '#client/practice/day-store';

/** Takes what can be read again from the server off this device: a login has ended. What waits to be sent stays. */
export async function forgetWhatWasRead(): Promise<void> {
  // A browser that forbids the store has nothing in it.
  await Promise.all([dropOfflinePages(), forgetDays().catch(() => undefined), forgetThreads().catch(() => undefined)]);
}
