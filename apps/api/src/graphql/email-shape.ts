import { z } from 'zod';

/** As accounts keep it: lower case, without spaces around it. */
export const emailShape = z.string().trim().toLowerCase().pipe(z.email().max(200));
