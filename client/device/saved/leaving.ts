import type { Saver, SaverState } from './saver';

type AnySaver = Pick<Saver<never>, 'flush' | 'subscribe'> & { state(): SaverState<unknown> };

const watched = new Map<AnySaver, () => void>();

/** The browser asks whether the page may go. What is typed is on this device all the same, where that has room. */
function ask(event: BeforeUnloadEvent): void {
  for (const saver of watched.keys()) void saver.flush();
  event.preventDefault();
}

/** Is something typed on this page that the server has not? */
export const hasUnsaved = () => [...watched.keys()].some((saver) => saver.state().unsaved !== null);

function watch(): void {
  if (hasUnsaved()) window.addEventListener('beforeunload', ask);
  else window.removeEventListener('beforeunload', ask);
}

/** While something of it is not saved, the page does not go without a word, and a line that is back is used at once. */
export function watchLeaving(saver: AnySaver): () => void {
  const again = () => void saver.flush();
  window.addEventListener('online', again);
  const stop = saver.subscribe(watch);
  watched.set(saver, stop);
  return () => {
    window.removeEventListener('online', again);
    stop();
    watched.delete(saver);
    watch();
  };
}
