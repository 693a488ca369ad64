import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FrontDoor, startFrontDoor } from './start-front-door.ts';

/** A server behind a route: tells the headers it got, streams, switches protocols, breaks off. */
function makeUpstream(): Server {
  const server = createServer((asked, answer) => {
    if (asked.url?.startsWith('/graphql/stream')) {
      answer.write('first ');
      asked.on('data', (part: Buffer) => answer.write(part));
      asked.on('end', () => answer.end(' last'));
    } else if (asked.url === '/graphql/broken') {
      answer.writeHead(200, { 'content-length': 100 });
      answer.write('half');
      setTimeout(() => asked.socket.destroy(), 20);
    } else if (asked.url === '/graphql/cut') {
      asked.socket.destroy();
    } else {
      answer.setHeader('keep-alive', 'timeout=1');
      answer.setHeader('x-path', asked.url ?? '');
      answer.end(JSON.stringify(asked.headers));
    }
  });
  server.on('upgrade', (asked, socket) => {
    if (asked.url === '/graphql/refused') {
      socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nhello ${asked.headers['x-forwarded-for']} `,
    );
    socket.pipe(socket);
  });
  return server;
}

const portOf = (server: Server) => {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

describe('the front door', () => {
  const upstream = makeUpstream();
  let door: FrontDoor;
  let origin = '';
  let ready = true;

  beforeAll(async () => {
    await new Promise<void>((done) => upstream.listen(0, '127.0.0.1', done));
    door = await startFrontDoor({
      host: '127.0.0.1',
      port: 0,
      publicUrl: 'https://cells.lab.org',
      routes: [
        { prefix: '/graphql', upstream: () => (ready ? `http://127.0.0.1:${portOf(upstream)}` : null) },
        { prefix: '/api/auth', upstream: () => 'http://127.0.0.1:9' },
      ],
    });
    origin = `http://127.0.0.1:${door.port}`;
  });
  afterAll(async () => {
    await door.stop();
    upstream.closeAllConnections();
    upstream.close();
  });

  const seenHeaders = async (headers: Record<string, string>): Promise<IncomingHttpHeaders> =>
    (await fetch(`${origin}/graphql`, { headers })).json() as Promise<IncomingHttpHeaders>;

  /** Sends text as it is, and gives what came once it holds `until`, or the connection has ended. */
  const raw = (text: string, until = /\r\n\r\n/): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect(door.port, '127.0.0.1', () => socket.write(text));
      let got = '';
      socket.on('data', (part) => {
        got += part.toString();
        if (until.test(got)) socket.destroy();
      });
      socket.on('close', () => resolve(got));
      socket.setTimeout(30_000, () => socket.destroy());
    });

  it('sends a path and what is below it to its server, with query', async () => {
    const answer = await fetch(`${origin}/graphql/a%2Fb?x=1&y=%20`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-path')).toBe('/graphql/a%2Fb?x=1&y=%20');
  });

  it('knows no path that only begins alike', async () => {
    expect((await fetch(`${origin}/graphqlx`)).status).toBe(404);
    expect((await fetch(`${origin}/`)).status).toBe(404);
    expect(await raw('GET http://elsewhere.org/graphql HTTP/1.1\r\nHost: a\r\n\r\n')).toMatch(
      /^HTTP\/1.1 400/,
    );
  });

  it('tells the servers who asked and never believes it from outside', async () => {
    const seen = await seenHeaders({
      'x-forwarded-for': '10.1.2.3',
      'x-forwarded-proto': 'ftp',
      'x-forwarded-host': 'evil.org',
      'x-forwarded-port': '1',
      forwarded: 'for=10.1.2.3',
      'x-real-ip': '10.1.2.3',
    });
    expect(seen['x-forwarded-for']).toBe('127.0.0.1');
    expect(seen['x-forwarded-proto']).toBe('https');
    expect(seen['x-forwarded-host']).toBe('cells.lab.org');
    expect(JSON.stringify(seen)).not.toMatch(/10\.1\.2\.3|evil|ftp/);
    expect(seen).not.toHaveProperty('x-forwarded-port');
  });

  it('gives each request an id, or keeps a well-formed one', async () => {
    expect((await seenHeaders({}))['x-request-id']).toMatch(/^[\w-]{36}$/);
    expect((await seenHeaders({ 'x-request-id': 'browser-0001' }))['x-request-id']).toBe('browser-0001');
    expect((await seenHeaders({ 'x-request-id': 'a b' }))['x-request-id']).toMatch(/^[\w-]{36}$/);
  });

  it('drops headers that speak of one connection, both ways', async () => {
    const got = await raw(
      'GET /graphql HTTP/1.1\r\nHost: a\r\nConnection: close, X-Mine\r\nX-Mine: 1\r\nTE: trailers\r\nProxy-Authorization: b\r\n\r\n',
      /\}/,
    );
    expect(got).toMatch(/^HTTP\/1.1 200/);
    const seen = JSON.parse(got.slice(got.indexOf('{'), got.lastIndexOf('}') + 1));
    for (const name of ['x-mine', 'te', 'proxy-authorization']) expect(seen).not.toHaveProperty(name);
    expect(got).not.toContain('timeout=1');
  });

  it('lets go of who asks for it, and keeps others', async () => {
    const asked = await raw('GET /graphql HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', /until closed/);
    expect(asked).toMatch(/^HTTP\/1.1 200[\s\S]*\r\nconnection: close\r\n/i);
    const kept = await raw('GET /graphql HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(kept).toMatch(/\r\nconnection: keep-alive\r\n/i);
  });

  it('streams both ways: the answer begins before the question has ended', async () => {
    const asking = request(`${origin}/graphql/stream`, { method: 'POST' });
    asking.flushHeaders();
    const answer = await new Promise<NodeJS.ReadableStream>((done) => asking.once('response', done));
    const parts: string[] = [];
    answer.on('data', (part: Buffer) => parts.push(part.toString()));
    while (parts.join('') !== 'first ') await pause(5);
    asking.write('middle');
    while (parts.join('') !== 'first middle') await pause(5);
    asking.end();
    await new Promise((done) => answer.once('end', done));
    expect(parts.join('')).toBe('first middle last');
  });

  it('passes WebSockets on, both ways', async () => {
    const head =
      'GET /graphql HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nX-Forwarded-For: 10.1.2.3\r\n\r\n';
    const got = await raw(`${head}ping`, /ping$/);
    expect(got).toMatch(/^HTTP\/1.1 101/);
    expect(got).toContain('hello 127.0.0.1 ping');
  });

  it("passes a server's refusal of a WebSocket on", async () => {
    const got = await raw(
      'GET /graphql/refused HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    );
    expect(got).toMatch(/^HTTP\/1.1 401/);
  });

  it('says "starting" while a server is not ready, to browsers by a page that asks again', async () => {
    ready = false;
    const page = await fetch(`${origin}/graphql`, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(503);
    expect(page.headers.get('retry-after')).toBe('2');
    expect(await page.text()).toContain('http-equiv="refresh" content="2"');
    const call = await fetch(`${origin}/graphql`);
    expect(await call.json()).toMatchObject({ errors: [{ extensions: { code: 'SERVICE_UNAVAILABLE' } }] });
    const got = await raw(
      'GET /graphql HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    );
    expect(got).toMatch(/^HTTP\/1.1 503 [\s\S]*Retry-After: 2/);
    expect((await fetch(`${origin}/readyz`)).status).toBe(503);
    ready = true;
    expect((await fetch(`${origin}/readyz`)).status).toBe(200);
    expect((await fetch(`${origin}/healthz`)).status).toBe(200);
  });

  it('says "starting" where nobody listens yet', async () => {
    const answer = await fetch(`${origin}/api/auth/session`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('2');
  });

  it('answers 502 where the server breaks off, and cuts an answer that it has begun', async () => {
    const cut = await fetch(`${origin}/graphql/cut`);
    expect(cut.status).toBe(502);
    expect(await cut.json()).toMatchObject({ errors: [{ extensions: { code: 'SERVICE_UNAVAILABLE' } }] });
    await expect(fetch(`${origin}/graphql/broken`).then((answer) => answer.text())).rejects.toThrow();
    expect((await fetch(`${origin}/graphql`)).status).toBe(200);
  });

  it('refuses headers beyond 32 KiB', async () => {
    const got = await raw(`GET /graphql HTTP/1.1\r\nHost: a\r\nX-Long: ${'a'.repeat(40_000)}\r\n\r\n`);
    expect(got).toMatch(/^HTTP\/1.1 431/);
  });

  it('names a taken port and the cure', async () => {
    const second = startFrontDoor({ host: '127.0.0.1', port: door.port, publicUrl: origin, routes: [] });
    await expect(second).rejects.toMatchObject({ code: 'SERVER_RUNNING', subject: `127.0.0.1:${door.port}` });
  });
});

describe('connections to the servers behind', () => {
  it('are used again, and let go by us before they are let go by them', { timeout: 60_000 }, async () => {
    const closed: Promise<number>[] = [];
    const behind = createServer({ keepAliveTimeout: 60_000 }, (_asked, answer) => answer.end('here'));
    behind.on('connection', (socket) => {
      const opened = performance.now();
      closed.push(new Promise((done) => socket.once('close', () => done(performance.now() - opened))));
    });
    await new Promise<void>((done) => behind.listen(0, '127.0.0.1', done));
    const place = { host: '127.0.0.1', port: 0, publicUrl: 'https://cells.lab.org' };
    const upstream = () => `http://127.0.0.1:${portOf(behind)}`;
    const door = await startFrontDoor({ ...place, routes: [{ prefix: '/', upstream }] });
    for (let i = 0; i < 3; i++) {
      expect(await (await fetch(`http://127.0.0.1:${door.port}/page`)).text()).toBe('here');
    }
    expect(closed).toHaveLength(1);
    expect(await closed[0]).toBeLessThan(30_000);
    await door.stop();
    behind.close();
  });
});
