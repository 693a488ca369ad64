export type { HarnessSetup, Seen } from './page-contract.ts';
export { chromiumPath, type Harness, startHarness } from './start-harness.ts';
export { addressOf, storePicture } from './store-picture.ts';
