import { createRequire } from 'node:module';

export default createRequire(import.meta.url)('@ts-morph/common').ts;
