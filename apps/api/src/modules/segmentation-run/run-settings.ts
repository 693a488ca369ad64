import { createHash } from 'node:crypto';
import { z } from 'zod';

const defaultThreshold = 0.5;

/** What decides a segmentation beside image and model, and the name under which equal settings are found again. */
export function runSettings(threshold: number | null | undefined) {
  const settings = {
    threshold: z.number().min(0.05).max(0.95).nullish().parse(threshold) ?? defaultThreshold,
  };
  const settingsHash = createHash('sha256').update(JSON.stringify(settings)).digest('hex');
  return { settings, settingsHash };
}
