import { NextRequest } from 'next/server';
import { isAuthAction } from '#server/auth/actions';
import { answerByNextAuth } from '#server/auth/door';
import { getProcess } from '#server/runtime/process';
import { partsWith, readBody, tooLarge } from '#server/runtime/request-body';

type RouteContext = { params: Promise<{ nextauth: string[] }> };

const BODY_MAX = 16 * 1024;
const FORM = 'application/x-www-form-urlencoded';

async function handle(request: NextRequest, context: RouteContext): Promise<Response> {
  const { nextauth } = await context.params;
  if (!isAuthAction(request.method, nextauth)) return new Response('not_found', { status: 404 });
  const asked = request.method === 'POST' ? await readForm(request) : request;
  return asked instanceof Response ? asked : answerByNextAuth(getProcess(), asked, context);
}

/** next-auth answers a body that it cannot parse with a bare 500, so only forms of a form's size reach it. */
async function readForm(request: NextRequest): Promise<NextRequest | Response> {
  if (!request.headers.get('content-type')?.startsWith(FORM)) return new Response('form_expected', { status: 415 });
  const body = await readBody(request, BODY_MAX);
  return body ? new NextRequest(...partsWith(request, body)) : tooLarge();
}

export { handle as GET, handle as POST };
