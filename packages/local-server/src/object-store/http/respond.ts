import type { IncomingMessage, ServerResponse } from 'node:http';
import type { S3Error } from '../protocol/s3-error.ts';
import { writeErrorXml, writeXml, type XmlElements } from '../protocol/write-xml.ts';

type Headers = Readonly<Record<string, string>>;

export function respondXml(
  response: ServerResponse,
  root: string,
  content: string | XmlElements,
  headers: Headers = {},
): void {
  respondText(response, 200, writeXml(root, content), headers);
}

export function respondEmpty(response: ServerResponse, status: number, headers: Headers = {}): void {
  // 204 and 304 have no body, and HEAD sets its own length.
  const length = status === 200 ? { 'content-length': '0' } : {};
  response.writeHead(status, { ...length, ...headers });
  response.end();
}

/** Answers a refusal. The connection stays usable, because Node reads what is left of the request's body. */
export function respondError(
  request: IncomingMessage,
  response: ServerResponse,
  error: S3Error,
  path: string,
): void {
  if (request.method === 'HEAD') {
    response.writeHead(error.status, error.headers);
    response.end();
    return;
  }
  const requestId = String(response.getHeader('x-amz-request-id'));
  const xml = writeErrorXml({ code: error.code, message: error.message, resource: path, requestId });
  respondText(response, error.status, xml, error.headers);
}

function respondText(response: ServerResponse, status: number, text: string, headers: Headers): void {
  const body = Buffer.from(text);
  response.writeHead(status, {
    'content-type': 'application/xml',
    'content-length': String(body.length),
    ...headers,
  });
  response.end(body);
}
