import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '#server/auth/options';
import { getProcess } from '#server/process';

type RouteContext = { params: Promise<{ nextauth: string[] }> };

function handle(request: NextRequest, context: RouteContext): Promise<Response> {
  return NextAuth(authOptions(getProcess()))(request, context) as Promise<Response>;
}

export { handle as GET, handle as POST };
