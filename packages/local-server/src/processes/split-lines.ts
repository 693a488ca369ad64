import type { Readable } from 'node:stream';

/** A line longer than this (characters) is cut into several, so that nobody can fill our memory. */
const LONGEST = 65_536;

/** Calls `take` for each line of a stream, without its end; what stands behind the last line end comes last. */
export function splitLines(stream: Readable, take: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (part: string) => {
    const lines = (rest + part).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line.replace(/\r$/, ''));
    while (rest.length > LONGEST) {
      take(rest.slice(0, LONGEST));
      rest = rest.slice(LONGEST);
    }
  });
  stream.on('end', () => {
    if (rest !== '') take(rest);
  });
  stream.on('error', () => {});
}
