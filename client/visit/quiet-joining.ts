import type { QuietTime } from '#client/api/quiet-time';
import type { Phase } from './line-state';

/** The first picture is there by then, as a rule. */
export const AFTER_THE_PICTURE_MS = 600;
/** A line that takes longer than this holds nothing up. */
const LONGEST_MS = 3000;

type Followed = { snapshot(): { readonly phase: Phase }; subscribe(listener: () => void): () => void };

/** Quiet from the press until the first picture: what is read beside the making of a line makes all of it slow. */
export function keepQuietWhileJoining(line: Followed, quiet: QuietTime): () => void {
  let before: Phase | null = null;
  const follow = () => {
    const { phase } = line.snapshot();
    if (phase === before) return;
    if (phase === 'asking' || (phase === 'connecting' && before !== 'asking')) quiet.begin(LONGEST_MS);
    else if (phase === 'live') quiet.endIn(AFTER_THE_PICTURE_MS);
    else if (phase !== 'connecting') quiet.end();
    before = phase;
  };
  follow();
  const unfollow = line.subscribe(follow);
  return () => {
    unfollow();
    quiet.end();
  };
}
