import { handleUpload } from '#server/media/uploads';
import { getProcess } from '#server/runtime/process';

export const dynamic = 'force-dynamic';

/** Resumable uploads (tus 1.0). Owner and size are checked for every request. */
function handle(request: Request): Promise<Response> {
  return handleUpload(getProcess(), request);
}

export { handle as DELETE, handle as GET, handle as HEAD, handle as OPTIONS, handle as PATCH, handle as POST };
