import 'server-only';
import type { ReactNode } from 'react';
import { EndedPage } from '#components/shell/ended-page';
import { WatchedPage } from '#components/shell/watched-page';
import { needsUse } from '#domain/people/session-policy';
import type { Actor } from '#server/auth/gate';

/** Keeps pages from staying on a screen when their login has ended, for want of use where it ends so, or elsewhere. */
export function WhileInUse({ actor, children }: { actor: Actor; children: ReactNode }) {
  const Page = needsUse(actor.sessionKind) ? WatchedPage : EndedPage;
  return <Page>{children}</Page>;
}
