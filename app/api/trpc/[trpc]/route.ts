import { answerProcedures } from '#server/routers/door';
import { getProcess } from '#server/runtime/process';
import { partsWith, readBody, tooLarge } from '#server/runtime/request-body';

/** Far more than ten of the largest things that pages send: clips and stills have a door of their own. */
const BODY_MAX = 1024 * 1024;

const handle = (request: Request): Promise<Response> => answerProcedures(getProcess(), request);

async function handlePost(request: Request): Promise<Response> {
  const body = await readBody(request, BODY_MAX);
  return body ? handle(new Request(...partsWith(request, body))) : tooLarge();
}

export { handle as GET, handlePost as POST };
