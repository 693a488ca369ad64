/** A figure with its 95 % interval; without one where there were too few samples. */
export interface VerdictScore {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** One model, as far as the verdict needs to know it. */
export interface VerdictModel {
  readonly name: string;
  /** Mean IoU over classes on annotated images; null where no image has an annotation. */
  readonly miou: VerdictScore | null;
  readonly images: number;
  readonly samples: number;
}

/** `clear`: intervals apart. `open`: they overlap, or there are none. `blind`: there is no truth. */
export interface Verdict {
  readonly kind: 'clear' | 'open' | 'blind';
  readonly says: string;
  /** What it rests on, and what it does not show. */
  readonly because: string;
}

/**
 * One sentence that a reader can take away, never more certain than the figures: a model is called better where the
 * 95 % intervals of both do not touch, which is stricter than a test of their difference.
 *
 * @param agree share of pixels that the first two models call the same; null where it is not known
 */
export function verdictOf(models: readonly VerdictModel[], agree: number | null): Verdict {
  const ranked = models
    .flatMap((model) => {
      const value = model.miou?.value ?? null;
      return value === null
        ? []
        : [{ ...model, value, low: model.miou?.low ?? null, high: model.miou?.high ?? null }];
    })
    .toSorted((a, b) => b.value - a.value);
  const [best, second] = ranked;
  if (best === undefined || second === undefined) return blind(models, agree);
  const basis = `Measured on ${count(best.images, 'annotated image')} of ${count(best.samples, 'sample')}.`;
  const figures = `mean IoU ${figure(best)} against ${figure(second)}`;
  if (best.low === null || second.high === null) {
    const ahead =
      best.value === second.value
        ? `${best.name} and ${second.name} score the same (${figures})`
        : `${best.name} scores higher than ${second.name} (${figures})`;
    return {
      kind: 'open',
      says: `${ahead}, but one sample cannot show whether that is more than chance.`,
      because: `${basis} Annotate images of a second sample to get intervals.`,
    };
  }
  if (best.low > second.high) {
    const others = ranked.length > 2 ? `${second.name}, the next best,` : second.name;
    return {
      kind: 'clear',
      says: `${best.name} tells the cells apart better than ${others} on these images: ${figures}.`,
      because: `${basis} The 95 % intervals do not overlap. Other plates may behave differently.`,
    };
  }
  return {
    kind: 'open',
    says: `These images do not show which is better, ${best.name} or ${second.name}: ${figures}.`,
    because: `${basis} The 95 % intervals overlap; more annotated samples would narrow them.`,
  };
}

function blind(models: readonly VerdictModel[], agree: number | null): Verdict {
  const [first, second] = models;
  const pair = `${first?.name ?? 'One model'} and ${second?.name ?? 'the other'}`;
  return {
    kind: 'blind',
    says:
      agree === null
        ? 'Which is better cannot be told: no image here has an annotation.'
        : `${pair} agree on ${floorPercent(agree)} of the pixels; which is better cannot be told without annotated images.`,
    because:
      'Agreement is not correctness: models can be wrong together, and background counts as agreement.',
  };
}

function figure({ value, low, high }: { value: number; low: number | null; high: number | null }): string {
  const interval = low === null || high === null ? '' : ` (${low.toFixed(2)}–${high.toFixed(2)})`;
  return `${value.toFixed(2)}${interval}`;
}

/** Rounded down, so that 100 % is said of all pixels alone. */
function floorPercent(share: number): string {
  return `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-GB')} ${noun}${number === 1 ? '' : 's'}`;
}
