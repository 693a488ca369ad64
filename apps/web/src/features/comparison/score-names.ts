import type { ScoreName } from '#graphql/graphql.ts';

export const scoreNames: Readonly<Record<ScoreName, string>> = {
  miou: 'Mean IoU over classes',
  miouWithBackground: 'Mean IoU with background',
  typeAccuracy: 'Recall of classes, by pixel',
  balancedCellAccuracy: 'Recall of classes, by cell',
  foregroundIou: 'IoU of cell or not',
  ap50: 'Cells found (AP at IoU 0.5)',
  compositionMae: 'Error of composition (less is better)',
};
