import { buildHeader } from '#server/runtime/build';
import { health } from '#server/runtime/health';
import { getProcess } from '#server/runtime/process';

export const dynamic = 'force-dynamic';

/** `?live` = the loop turns. Otherwise: ready, with what is degraded; 503 only where the product cannot work. */
export async function GET(request: Request): Promise<Response> {
  if (new URL(request.url).searchParams.has('live')) return Response.json({ live: true }, { headers: buildHeader() });
  const report = await health(getProcess(), Date.now());
  return Response.json(report, { status: report.ready ? 200 : 503, headers: { 'cache-control': 'no-store' } });
}
