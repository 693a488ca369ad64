import type { CellLineKind, Growth } from '#graphql/graphql.ts';

export const kindNames: Readonly<Record<CellLineKind, string>> = {
  CELL_LINE: 'Cell line',
  PRIMARY: 'Primary cells',
  OTHER: 'Other',
};

export const growthNames: Readonly<Record<Growth, string>> = {
  ADHERENT: 'Adherent',
  SUSPENSION: 'Suspension',
  MIXED: 'Mixed',
  UNKNOWN: 'Not known',
};
