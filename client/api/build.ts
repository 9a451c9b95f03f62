import { Observable } from './observable';

/** Under which header answers name the build that gave them. */
const BUILD_HEADER = 'x-regrasp-build';
/** The build of this page, put in when it was made; none where the product is being developed. */
export const BUILD = process.env.REGRASP_BUILD ?? '';

/** The build of the server where it is another than this page's; null where it is the same. */
export const newerBuild = new Observable<string | null>(null);

export function noteBuild(response: Response): void {
  const build = response.headers.get(BUILD_HEADER);
  if (BUILD !== '' && build && build !== BUILD && newerBuild.snapshot() !== build) newerBuild.set(build);
}

const ASK_EVERY_MS = 30_000;
let askedMs = Number.NEGATIVE_INFINITY;

/** A script of this page is not there: the server may have another build by now. */
export async function askForBuild(): Promise<void> {
  if (performance.now() - askedMs < ASK_EVERY_MS) return;
  askedMs = performance.now();
  // Without a line nothing is known, and nothing is to be done.
  await fetch('/api/health?live', { cache: 'no-store' }).then(noteBuild, () => undefined);
}
