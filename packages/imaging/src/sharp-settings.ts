import { availableParallelism } from 'node:os';
import sharp from 'sharp';

// Pictures are read once each: a cache would only hold memory. Decoding one uses one or two threads anyway.
sharp.cache(false);
sharp.concurrency(Math.min(4, availableParallelism()));

export { sharp };
