import type { Actor } from './actor.ts';
import type { NodeType } from './visible.ts';

/** Types whose rows spare what is below them a question; those of the others are not worth remembering. */
const sparing = [
  'Project',
  'Dataset',
  'Image',
  'Model',
  'ModelVersion',
  'SegmentationRun',
] as const satisfies readonly NodeType[];
export type SparingType = (typeof sparing)[number];
const isSparing = (type: NodeType): type is SparingType => (sparing as readonly NodeType[]).includes(type);

const shown = new WeakMap<Actor, WeakMap<object, SparingType>>();

/** Remembers that this very row was read for the actor by the rule of its type: what is below it need not ask again. */
export function noteShown(actor: Actor, type: NodeType, row: object): void {
  if (!isSparing(type)) return;
  let rows = shown.get(actor);
  if (rows === undefined) {
    rows = new WeakMap();
    shown.set(actor, rows);
  }
  rows.set(row, type);
}

/** Whether this very row was read for the actor, with the rights that the actor has now, by the rule of the type. */
export function wasShown(actor: Actor, type: SparingType, row: object): boolean {
  return shown.get(actor)?.get(row) === type;
}
