import type { Line } from './transport';

/** What the record says when a line was lost: the visit is over, this person is not (or no longer) let in, or all is as before. */
export type Standing = 'admitted' | 'not_admitted' | 'over';

type Kept = Pick<Line, 'snapshot' | 'subscribe' | 'disconnect'>;

export type LineKeeper<L extends Kept> = {
  /** Begun with what joining answered; null where that brought no access to the room. */
  readonly begun: Promise<L> | null;
  /** Gets access to the room and connects; throws what the screen is to name. */
  connect(): Promise<L>;
  standing(): Promise<Standing>;
  /** Lets time pass before the next attempt; `attempt` is 0 at first and whenever a line was lost. */
  pause(attempt: number): Promise<void>;
  /** The line in use, null while there is none. */
  onLine(line: L | null): void;
  /** Why there is no line; null once there is one. */
  onProblem(error: unknown): void;
};

/**
 * Keeps one line until it is let go or the visit is over; a lost one is connected anew, with new access to the room.
 * Returns how to let go, which also ends a line that is still connecting.
 */
export function keepLine<L extends Kept>(keeper: LineKeeper<L>): () => void {
  const { connect, standing, pause, onLine, onProblem } = keeper;
  let connecting = keeper.begun;
  let current: L | null = null;
  let released = false;
  let wasLost = false;

  async function keep() {
    for (let attempt = 0; !released; attempt++) {
      try {
        // A room is also lost because the visit ended, or this person left or was removed: access would be refused.
        const stands = wasLost ? await standing() : 'admitted';
        if (stands === 'over') return;
        if (stands === 'admitted' && !released) {
          connecting ??= connect();
          const line = await connecting;
          connecting = null;
          if (released) return await line.disconnect();
          current = line;
          onLine(line);
          onProblem(null);
          attempt = 0;
          await lost(line);
          wasLost = true;
        }
      } catch (error) {
        connecting = null;
        if (!released) onProblem(error);
      }
      // Who let go has told the screen, which may have another line by now.
      if (released) return;
      if (current) onLine(null);
      current = null;
      await pause(attempt);
    }
  }
  void keep();

  return () => {
    released = true;
    void current?.disconnect();
    onLine(null);
  };
}

function lost(line: Kept): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = line.subscribe(check);
    function check() {
      if (line.snapshot().state !== 'down') return;
      unsubscribe();
      resolve();
    }
    check();
  });
}
