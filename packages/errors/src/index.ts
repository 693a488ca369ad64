export { CellMixerError, type ErrorDetails } from './cellmixer-error.ts';
export { type ErrorCode, errorCodes } from './codes.ts';
