/**
 * Runs in the head of every page, that for signing in first: the server draws the next one by the clock of its reader, so
 * that no line of it grows shorter, and nothing below moves, when the scripts are there.
 */
export const TELL_ZONE = `(() => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone) document.cookie = 'regrasp.zone=' + encodeURIComponent(zone) + '; path=/; max-age=31536000; samesite=lax';
})();`;
