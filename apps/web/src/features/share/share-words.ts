import type { ShareStatus } from '#graphql/graphql.ts';
import type { Tone } from '#ui/status.tsx';

export const shareTones: Readonly<Record<ShareStatus, Tone>> = {
  OFFERED: 'waiting',
  ACCEPTED: 'good',
  DECLINED: 'off',
  REVOKED: 'off',
};

/** What lending means, for both sides alike. */
export const lendingRules = [
  'The borrowers look at the pictures, their labels and snapshots, train with them and segment them, in that one project.',
  'They change nothing, delete nothing and cannot lend it on. Of your cell lines they see name, accession and colour.',
  'You see on which days they worked with it, not what came of it, and can take it back at any time.',
] as const;

/** What ending a share does to the borrower. */
export const ENDING =
  'Reads and work on it stop at once. Models, figures and class maps made with it stay; what holds pixels of the pictures is removed.';
