import { hasUnsaved } from '#client/device/saved/leaving';

/** For which build this tab was made anew; once each, or a page that is kept would be made anew for ever. */
const RENEWED = 'regrasp.renewed-for';

/** Where somebody films, practises, draws or is in a visit. */
const BUSY = /^\/(visit|practice|review)\/|^\/check-ins\/new$/;

let typedOn: string | null = null;

/** Notes that something was typed on the page; returns how to stop. */
export function watchTyping(): () => void {
  const note = ({ isTrusted }: Event) => {
    if (isTrusted) typedOn = window.location.pathname;
  };
  document.addEventListener('input', note, true);
  return () => document.removeEventListener('input', note, true);
}

/** May the page be made anew without taking anything from anybody? */
function mayRenew(): boolean {
  const { pathname } = window.location;
  if (BUSY.test(pathname) || typedOn === pathname || hasUnsaved()) return false;
  return document.querySelector('dialog[open]') === null;
}

/** Makes the page anew, once for a build. Nothing happens where it may not now, or was done already. */
export function renewFor(build: string): void {
  try {
    if (!mayRenew() || sessionStorage.getItem(RENEWED) === build) return;
    sessionStorage.setItem(RENEWED, build);
  } catch {
    // A browser that keeps nothing could not tell that it was done.
    return;
  }
  window.location.reload();
}
