import type { Database } from '@cellmixer/database';
import { tell } from '@cellmixer/jobs';
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { PASSWORD_LENGTH } from './password-shape.ts';
import { readSessionsAtOnce } from './read-sessions-at-once.ts';

export interface AuthSettings {
  /** The one origin under which people reach the portal. */
  readonly publicUrl: string;
  /** Signs cookies; at least 32 characters. */
  readonly secret: string;
}

/** People, passwords and sessions, nothing more: who may do what is the access table's. */
export function createAuth(database: Database, { publicUrl, secret }: AuthSettings) {
  const adapter = prismaAdapter(database, { provider: 'postgresql', transaction: true });
  return betterAuth({
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret,
    trustedOrigins: [publicUrl],
    telemetry: { enabled: false },
    database: (options: BetterAuthOptions) => readSessionsAtOnce(adapter(options), database),
    // Accounts are made by invitation or by the first start's token, never by whoever comes along.
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.least,
      maxPasswordLength: PASSWORD_LENGTH.most,
      revokeSessionsOnPasswordReset: true,
    },
    // Links for a new password are made by admins (`createResetLink`); who reads the database cannot use them.
    verification: { storeIdentifier: 'hashed' },
    session: { expiresIn: 14 * 24 * 3600, updateAge: 24 * 3600, cookieCache: { enabled: true, maxAge: 60 } },
    // Connections that live on the session are closed with it.
    databaseHooks: { session: { delete: { after: ({ id }) => tell(database, 'Session', id) } } },
    rateLimit: { enabled: true, window: 60, max: 100 },
    advanced: {
      database: { generateId: false },
      cookiePrefix: 'cellmixer',
      useSecureCookies: publicUrl.startsWith('https:'),
    },
  });
}

export type Auth = ReturnType<typeof createAuth>;
