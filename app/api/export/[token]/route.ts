import { serveExport } from '#server/media/export';
import { getProcess } from '#server/runtime/process';

/** One download of a record. */
export async function GET(request: Request, { params }: RouteContext<'/api/export/[token]'>): Promise<Response> {
  return await serveExport(getProcess(), request, (await params).token);
}
