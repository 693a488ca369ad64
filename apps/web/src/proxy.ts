import { type NextRequest, NextResponse } from 'next/server';
import { readSettings } from './api/settings.ts';
import { contentPolicy, securityHeaders } from './security/content-policy.ts';

/** Before each page: a fresh nonce with the policy that names it, and the path, for the way back from signing in. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(18))).toString('base64');
  const policy = contentPolicy({
    nonce,
    bucketOrigin: readSettings().bucketOrigin,
    development: process.env.NODE_ENV === 'development',
  });
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('x-path', request.nextUrl.pathname + request.nextUrl.search);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value);
  return response;
}

export const config = { matcher: '/((?!_next/static/|_next/image|icon.svg).*)' };
