export { type ObjectStore, type ObjectStoreSettings, startObjectStore } from './start-object-store.ts';
