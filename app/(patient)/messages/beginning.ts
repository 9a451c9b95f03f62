import type { MessageAbout } from '#domain/contact/thread';
import type { AboutView } from '#domain/contact/thread-view';

/** Where the next message begins; `view` null = this device does not know what it is called. */
export type Beginning = MessageAbout & { view: AboutView | null };
