import type { Actor } from './actor.ts';
import type { NodeType } from './visible.ts';

const shown = new WeakMap<Actor, WeakMap<object, NodeType>>();

/** Remembers that this very row was read for the actor by the rule of its type: what is below it need not ask again. */
export function noteShown(actor: Actor, type: NodeType, row: object): void {
  let rows = shown.get(actor);
  if (rows === undefined) {
    rows = new WeakMap();
    shown.set(actor, rows);
  }
  rows.set(row, type);
}

/** Whether this very row was read for the actor, with the rights that the actor has now, by the rule of the type. */
export function wasShown(actor: Actor, type: NodeType, row: object): boolean {
  return shown.get(actor)?.get(row) === type;
}
