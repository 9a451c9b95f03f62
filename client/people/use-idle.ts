import { useCallback, useEffect, useRef, useState } from 'react';
import { type Channel, openChannel } from '#client/api/channel';
import { pageUse, signedOut } from '#client/api/signed-out';
import { problemOf, useTRPCClient } from '#client/api/trpc';
import { IDLE_WARNING_MS, SESSION_LIMITS, USED_HEADER } from '#domain/people/session-policy';
import { LastUse } from './last-use';
import { ONE_BROWSER } from './one-browser';

const TICK_MS = 1000;
/** Use that no request has told within this is told by one of its own. */
const TELL_MS = 20_000;
/** Many movements of a pointer are one use. */
const GATHER_MS = 1000;
const LIMIT_MS = SESSION_LIMITS.staff.idleMs;
const INPUTS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

type Idle =
  | { readonly phase: 'here' }
  /** Nobody has done anything for long; by the page's own clock. */
  | { readonly phase: 'warned'; readonly leftMs: number }
  | { readonly phase: 'ended' };

type UseIdle = {
  idle: Idle;
  /** Somebody says so by a button. */
  stay(): void;
  /** After a new sign-in on this page: goes on where it is the same person, else at the first page. */
  resume(): Promise<void>;
};

/**
 * Follows a login that ends for want of use, for all tabs of a browser: tells the server of use, and the page when two
 * minutes are left and when it is over. The server decides; where it cannot be asked, the page's own count stands.
 * `onEnd` runs before the page is told.
 */
export function useIdle(onEnd: () => void): UseIdle {
  const [use] = useState(() => new LastUse({ steady: () => performance.now(), wall: Date.now }));
  const [idle, setIdle] = useState<Idle>({ phase: 'here' });
  const phase = useRef<Idle['phase']>('here');
  const move = useCallback(
    (next: Idle) => {
      if (next.phase === 'ended' && phase.current !== 'ended') onEnd();
      phase.current = next.phase;
      setIdle(next);
    },
    [onEnd],
  );
  const ask = useAsk(use);
  const follow = useCallback(async () => {
    if (phase.current === 'ended') return;
    if (pageUse.inVisit) use.note('here');
    if (use.agoMs() >= LIMIT_MS - IDLE_WARNING_MS && (phase.current === 'here' || use.agoMs() >= LIMIT_MS)) {
      if (!(await ask())) return move({ phase: 'ended' });
    }
    const leftMs = LIMIT_MS - use.agoMs();
    if (leftMs <= IDLE_WARNING_MS) move({ phase: 'warned', leftMs });
    else if (phase.current === 'warned') move({ phase: 'here' });
  }, [ask, move, use]);
  const resume = useCallback(async () => {
    if (!(await ask())) return;
    signedOut.set(false);
    use.note('here');
    move({ phase: 'here' });
  }, [ask, move, use]);
  const note = useOneBrowser(use, phase, resume);
  useNotedInput(phase, note);
  useTelling(use, ask);
  useBeat(follow, TICK_MS);
  useEffect(() => signedOut.subscribe(() => signedOut.snapshot() && move({ phase: 'ended' })), [move]);
  const stay = useCallback(() => {
    note();
    move({ phase: 'here' });
    void ask().then((goesOn) => goesOn || move({ phase: 'ended' }));
  }, [note, ask, move]);
  return { idle, stay, resume };
}

/** Asks the server; true where the login goes on. What it knows of use is taken over. */
function useAsk(use: LastUse): () => Promise<boolean> {
  const api = useTRPCClient();
  return useCallback(async () => {
    try {
      const { endsInMs } = await api.account.idle.query();
      if (endsInMs !== null) use.adopt(LIMIT_MS - endsInMs);
      return true;
    } catch (error) {
      const { code, reason } = problemOf(error);
      // The way to the first page of whoever it is.
      if (reason === 'other_login') window.location.assign('/sign-in');
      if (code === 'UNAUTHORIZED') return false;
      use.unsay();
      return use.agoMs() < LIMIT_MS;
    }
  }, [api, use]);
}

type PhaseRef = { readonly current: Idle['phase'] };

/** Hears of use and of a sign-in in other tabs; returns what notes use in this one and tells them. */
function useOneBrowser(use: LastUse, phase: PhaseRef, resume: () => Promise<void>): () => void {
  const channel = useRef<Channel | null>(null);
  useEffect(() => {
    const opened = openChannel(ONE_BROWSER);
    channel.current = opened;
    opened.onmessage = ({ data }) => {
      if (data === 'used' && phase.current !== 'ended') use.note('elsewhere');
      if (data === 'signed-in') void resume();
      if (data === 'signed-out') signedOut.set(true);
    };
    return () => opened.close();
  }, [use, phase, resume]);
  return useCallback(() => {
    use.note('here');
    channel.current?.postMessage('used');
  }, [use]);
}

/** Requests carry use that nobody has told yet; where none is made for a while, one is made for it. */
function useTelling(use: LastUse, ask: () => Promise<boolean>): void {
  useEffect(() => tellOfUse(use), [use]);
  const tell = useCallback(async () => {
    if (use.takeUnsaid() === null) return;
    use.unsay();
    await ask();
  }, [use, ask]);
  useBeat(tell, TELL_MS);
}

function tellOfUse(use: LastUse): () => void {
  const { headers } = pageUse;
  pageUse.headers = (): Record<string, string> => {
    const agoMs = use.takeUnsaid();
    return agoMs === null ? {} : { [USED_HEADER]: String(agoMs) };
  };
  return () => {
    pageUse.headers = headers;
  };
}

/** While the page asks whether somebody is there, its button alone is an answer. */
function useNotedInput(phase: PhaseRef, note: () => void): void {
  useEffect(() => {
    let notedAt = Number.NEGATIVE_INFINITY;
    const onInput = (event: Event) => {
      if (!event.isTrusted || phase.current !== 'here' || event.timeStamp - notedAt < GATHER_MS) return;
      notedAt = event.timeStamp;
      note();
    };
    for (const name of INPUTS) window.addEventListener(name, onInput, { capture: true, passive: true });
    return () => {
      for (const name of INPUTS) window.removeEventListener(name, onInput, { capture: true });
    };
  }, [phase, note]);
}

/** Runs again and again, one run at a time; at once when the page is seen again. */
function useBeat(run: () => Promise<void>, everyMs: number): void {
  useEffect(() => {
    let isRunning = false;
    const beat = () => {
      if (isRunning) return;
      isRunning = true;
      void run().finally(() => {
        isRunning = false;
      });
    };
    const timer = setInterval(beat, everyMs);
    const onSeen = () => document.visibilityState === 'visible' && beat();
    document.addEventListener('visibilitychange', onSeen);
    window.addEventListener('pageshow', beat);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onSeen);
      window.removeEventListener('pageshow', beat);
    };
  }, [run, everyMs]);
}
