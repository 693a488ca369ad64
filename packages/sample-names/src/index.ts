export { withoutEnding } from './file-endings.ts';
export { matchName, type NameMatch, type NameValues } from './match-name.ts';
export { type NamePart, type NamePattern, parsePattern } from './parse-pattern.ts';
export { NEARLY_ALL, type ProposedPattern, proposePatterns } from './propose-patterns.ts';
export { type NameFields, readFields, readHours, writeWell } from './read-fields.ts';
export { fileOf, nameOfTimePoint, timePointEnding } from './time-points.ts';
export { type TokenName, tokenNames } from './tokens.ts';
