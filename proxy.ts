import { type NextRequest, NextResponse } from 'next/server';

/** Sets the content policy of pages. It decides nothing about access: every door does that for itself. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const policy = contentPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  response.headers.set('cache-control', 'no-store');
  if (process.env.REGRASP_URL?.startsWith('https://')) {
    response.headers.set('strict-transport-security', 'max-age=63072000; includeSubDomains');
  }
  return response;
}

function contentPolicy(nonce: string): string {
  const media = process.env.LIVEKIT_URL ?? '';
  const mediaHosts = media ? ` ${media} ${media.replace(/^ws/, 'http')}` : '';
  // What Next shows developers evaluates code and writes styles of its own.
  const isDevelopment = process.env.NODE_ENV === 'development';
  const unsafeEval = isDevelopment ? " 'unsafe-eval'" : '';
  const styles = isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`;
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${unsafeEval}`,
    `style-src 'self' ${styles}`,
    // React server-renders style attributes; blocked ones are lost for good.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    `connect-src 'self'${mediaHosts}`,
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Uploads and media stay outside: a matched body over 10 MiB is cut without a word. */
export const config = {
  matcher: ['/((?!api/|_next/static|_next/image|icon.svg|apple-icon|icons/|manifest.webmanifest|sw.js|art/).*)'],
};
