import 'server-only';
import type { ReactNode } from 'react';
import { WatchedPage } from '#components/shell/watched-page';
import { needsUse } from '#domain/people/session-policy';
import type { Actor } from '#server/auth/gate';

/** Keeps pages of a login that ends for want of use from staying on a screen that nobody watches. */
export function WhileInUse({ actor, children }: { actor: Actor; children: ReactNode }) {
  return needsUse(actor.sessionKind) ? <WatchedPage userId={actor.userId}>{children}</WatchedPage> : children;
}
