import { z } from 'zod';

/** The JSON line by which a service says that it is ready, with what it wants to tell its supervisor. */
const readyWord = z.object({
  ready: z.literal(true),
  /** Where the API offers to make the first account; only while there is none. */
  firstAccountToken: z.string().optional(),
});

export type ReadyWord = z.output<typeof readyWord>;

/** The line as a ready word; null where it is any other line. */
export function parseReadyWord(line: string): ReadyWord | null {
  if (!line.startsWith('{')) return null;
  try {
    return readyWord.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
