import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** Headers that speak of one connection only (RFC 9110, 7.6.1). The length's framing is the client library's. */
const OF_ONE_CONNECTION = [
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
];

/** Headers by which a proxy tells who asked; from outside they are claims. */
const CLAIMS = /^(x-forwarded-.*|forwarded|x-real-ip|x-client-ip|true-client-ip)$/;

/**
 * Makes a request's headers fit for our own servers: what speaks of one connection goes, what claims to be a proxy's
 * word goes, and our own word comes in. `publicUrl` is what people see; the request's own host is not believed.
 */
export function prepareRequest(request: IncomingMessage, publicUrl: URL): void {
  const { headers } = request;
  const upgrade = headers.upgrade;
  dropOfOneConnection(headers);
  for (const name of Object.keys(headers)) if (CLAIMS.test(name)) delete headers[name];
  if (upgrade !== undefined) Object.assign(headers, { connection: 'Upgrade', upgrade });
  headers['x-forwarded-for'] = request.socket.remoteAddress ?? '';
  headers['x-forwarded-proto'] = publicUrl.protocol.slice(0, -1);
  headers['x-forwarded-host'] = publicUrl.host;
  const id = headers['x-request-id'];
  if (typeof id !== 'string' || !/^[\w-]{8,64}$/.test(id)) headers['x-request-id'] = randomUUID();
}

/** Drops what speaks of the connection between a server and us; the framing stays as it was parsed. */
export function dropOfOneConnection(headers: IncomingHttpHeaders): void {
  for (const name of (headers.connection ?? '').split(',')) {
    const key = name.trim().toLowerCase();
    if (key !== '' && key !== 'transfer-encoding' && key !== 'content-length') delete headers[key];
  }
  for (const name of [...OF_ONE_CONNECTION, 'connection', 'upgrade']) delete headers[name];
}
