import { z } from 'zod';

/** A whole number between two bounds, written in digits. */
export function whole(from: number, to: number) {
  const words = `must be a whole number from ${from} to ${to}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, words)
    .transform(Number)
    .pipe(z.number().min(from, words).max(to, words));
}

/** An address `http(s)://host[:port]` without path, query or password; given back without a closing slash. */
export function origin() {
  return z.string().transform((text, context) => {
    const url = URL.parse(text);
    const plain = url !== null && url.pathname === '/' && url.search + url.hash + url.username === '';
    if (plain && /^https?:$/.test(url.protocol)) return url.origin;
    context.addIssue({ code: 'custom', message: 'must be http(s)://host:port with nothing after it' });
    return z.NEVER;
  });
}

/** One of a few words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(...words: Words) {
  return z.enum(words, `must be one of ${words.join(', ')}`);
}

/** A secret of at least so many characters, none of them white space. */
export function secretText(length: number) {
  return z
    .string()
    .regex(new RegExp(`^\\S{${length},}$`), `must be ${length} characters or more, without spaces`);
}

/** The address of a PostgreSQL database. */
export function postgresUrl() {
  return z.string().refine((text) => {
    const url = URL.parse(text);
    return url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1;
  }, 'must be postgresql://user:password@host:port/database');
}
