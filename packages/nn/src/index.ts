export type * from './contracts.ts';
export * from './runtime/index.ts';
