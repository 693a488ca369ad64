import type { ClassMap } from '@cellmixer/pixels';
import { requireSameSize } from './confusion.ts';

export interface Disagreement {
  readonly width: number;
  readonly height: number;
  /** 0 both agree, 1 one calls it cell and the other background, 2 both call it cell but of different types. */
  readonly data: Uint8Array;
  /** Share of the pixels of each kind, 0…1. */
  readonly agree: number;
  readonly foreground: number;
  readonly type: number;
}

/** Where two class maps of one picture differ, and how. Pixels that either ignores (255) count as agreed. */
export function disagreement(a: ClassMap, b: ClassMap): Disagreement {
  requireSameSize(a, b);
  const data = new Uint8Array(a.data.length);
  const counts = [0, 0, 0];
  for (let i = 0; i < data.length; i++) {
    const left = a.data[i]!;
    const right = b.data[i]!;
    const kind = left === right || left === 255 || right === 255 ? 0 : left === 0 || right === 0 ? 1 : 2;
    data[i] = kind;
    counts[kind]!++;
  }
  const [agree, foreground, type] = counts.map((count) => count / data.length);
  return { width: a.width, height: a.height, data, agree: agree!, foreground: foreground!, type: type! };
}
