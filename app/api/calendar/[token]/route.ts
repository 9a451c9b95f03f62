import { serveFeed } from '#server/contact/calendar-feed';
import { getProcess } from '#server/runtime/process';

/** A calendar that somebody subscribed to. The address is its secret: it is given to nothing that writes. */
export async function GET(request: Request, { params }: RouteContext<'/api/calendar/[token]'>): Promise<Response> {
  return await serveFeed(getProcess(), request, (await params).token);
}

export const HEAD = GET;
