import 'server-only';

/** Which build answers, so that a page of an earlier one renews itself; nothing where the product is being developed. */
export function buildHeader(): Record<string, string> {
  const build = process.env.REGRASP_BUILD;
  return build ? { 'x-regrasp-build': build } : {};
}
