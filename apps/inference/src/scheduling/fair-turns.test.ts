import { describe, expect, it } from 'vitest';
import { FairTurns } from './fair-turns.ts';

/** Who gets the next turns, each of which costs what `cost` says. */
function play(turns: FairTurns, cost: Readonly<Record<string, number>>, count: number): string {
  let order = '';
  for (let i = 0; i < count; i++) {
    const name = turns.next() ?? '-';
    turns.charge(name, cost[name] ?? 0);
    order += name;
  }
  return order;
}

describe('FairTurns', () => {
  it('gives time, not turns: who takes three times as long gets a third of the turns', () => {
    const turns = new FairTurns();
    turns.join('a');
    turns.join('b');
    const order = play(turns, { a: 3, b: 1 }, 40);
    expect(order.split('a').length - 1).toBe(10);
  });

  it('gives nobody credit for a pause', () => {
    const turns = new FairTurns();
    turns.join('a');
    play(turns, { a: 1 }, 100);
    turns.join('b');
    expect(play(turns, { a: 1, b: 1 }, 6)).toMatch(/^(ab|ba){3}$/);
  });

  it('remembers what was spent by one who comes back at once', () => {
    const turns = new FairTurns();
    turns.join('a');
    turns.join('b');
    turns.charge('a', 10);
    turns.leave('a');
    turns.join('a');
    expect(play(turns, { a: 1, b: 1 }, 9)).toBe('bbbbbbbbb');
  });

  it('knows when nobody wants a turn', () => {
    const turns = new FairTurns();
    turns.join('a');
    turns.leave('a');
    expect(turns.next()).toBeUndefined();
  });
});
