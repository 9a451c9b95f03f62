import 'server-only';

/** What our pages ask of next-auth. The rest of it stays shut: its log takes any text from anybody, its pages are not ours. */
const ACTIONS: ReadonlySet<string> = new Set(['GET csrf', 'POST callback/credentials', 'POST signout']);

export function isAuthAction(method: string, path: readonly string[]): boolean {
  return ACTIONS.has(`${method} ${path.join('/')}`);
}
