export { objectStoreProcess } from './object-store-process.ts';
export { type ObjectStore, type ObjectStoreSettings, startObjectStore } from './start-object-store.ts';
