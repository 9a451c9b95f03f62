import { useEffect } from 'react';
import type { DrawingBoard } from './board';

const POLL_MS = 15_000;

/** An event can be missed and a read can fail. */
export function useCatchUp(board: DrawingBoard | null): void {
  useEffect(() => {
    if (!board) return;
    void board.catchUp();
    const timer = setInterval(() => void board.catchUp(), POLL_MS);
    return () => clearInterval(timer);
  }, [board]);
}
