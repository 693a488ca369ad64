import { resolve } from 'node:path';
import type { NextConfig } from 'next';

const config: NextConfig = {
  output: 'standalone',
  outputFileTracingRoot: resolve(import.meta.dirname, '../..'),
  turbopack: { root: resolve(import.meta.dirname, '../..') },
  // `npm run lint` type-checks every workspace in one way.
  typescript: { ignoreBuildErrors: true },
  transpilePackages: [
    '@cellmixer/cellmixer',
    '@cellmixer/environment',
    '@cellmixer/errors',
    '@cellmixer/pixels',
    '@cellmixer/sample-names',
  ],
  // Pictures come from the bucket as they are; the portal has no image server.
  images: { unoptimized: true },
  outputFileTracingExcludes: { '/*': ['**/node_modules/@img/**', '**/node_modules/sharp/**'] },
  poweredByHeader: false,
  // A page of the API's errors and one of the asker's rights, beside "not found".
  experimental: { authInterrupts: true },
};

export default config;
