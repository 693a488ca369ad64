import { z } from 'zod';

export const PASSWORD_LENGTH = { least: 10, most: 200 } as const;

export const passwordShape = z
  .string()
  .min(PASSWORD_LENGTH.least, `a password has ${PASSWORD_LENGTH.least} characters or more`)
  .max(PASSWORD_LENGTH.most);
