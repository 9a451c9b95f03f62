import { unsubscribe } from '#server/contact/unsubscribe';
import { getProcess } from '#server/runtime/process';

/** No GET: programs that look at every link of an e-mail change nothing. */
export async function POST(request: Request, { params }: RouteContext<'/api/unsubscribe/[token]'>): Promise<Response> {
  return await unsubscribe(getProcess(), request, (await params).token);
}
