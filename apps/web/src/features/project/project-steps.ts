import type { RunStatus } from '#graphql/graphql.ts';
import { formatCount } from '#ui/format.ts';
import type { Step } from '#ui/step-list.tsx';
import { isUnderWay } from '../run/run-words.ts';

/** What a project has, as far as its six steps need to know. */
export interface ProjectFacts {
  /** Lines that the lab has registered; up to 100 are counted. */
  readonly lines: number;
  /** Pictures lent to it, and their snapshots: they bring their lines and foreground with them. */
  readonly lent?: { readonly images: number; readonly snapshots: number };
  readonly datasets: readonly {
    readonly images: number;
    /** Pictures of pure cultures, and how many of their masks wait, are flagged, or are settled by a person. */
    readonly pictures: number;
    readonly waiting: number;
    readonly flagged: number;
    readonly settled: number;
    readonly snapshots: number;
  }[];
  readonly trainings: readonly RunStatus[];
  readonly segmentations: readonly RunStatus[];
  readonly comparisons: number;
}

/** Where each step is done; without one it cannot be gone to yet. */
export interface StepPlaces {
  readonly lines: string;
  readonly cultures?: string;
  readonly foreground?: string;
  readonly training?: string;
  readonly segmentation?: string;
  readonly comparison?: string;
}

/**
 * The six steps of a project and where each stands. A step is done by its own evidence or by that of a later one;
 * the first that is not done is the next.
 */
export function projectSteps(facts: ProjectFacts, places: StepPlaces): readonly Step[] {
  const sum = (field: 'images' | 'pictures' | 'waiting' | 'flagged' | 'settled' | 'snapshots') =>
    facts.datasets.reduce((total, dataset) => total + dataset[field], 0);
  const finished = (runs: readonly RunStatus[]) => runs.filter((status) => status === 'SUCCEEDED').length;
  const lent = facts.lent ?? { images: 0, snapshots: 0 };
  const images = sum('images') + lent.images;
  const models = finished(facts.trainings);
  const found = finished(facts.segmentations);
  const plan: readonly (Omit<Step, 'state' | 'href'> & {
    readonly done: boolean;
    readonly running: boolean;
    readonly href: string | undefined;
  })[] = [
    {
      title: 'Register lines',
      says: facts.lines === 0 ? 'two at least' : formatCount(facts.lines, 'line'),
      done: facts.lines >= 2 || lent.images > 0,
      running: false,
      href: places.lines,
    },
    {
      title: 'Add cultures',
      says: images === 0 ? 'pictures of each line alone' : formatCount(images, 'image'),
      done: sum('pictures') > 0 || lent.images > 0,
      running: false,
      href: places.cultures,
    },
    {
      title: 'Check foreground',
      says: foregroundWords(sum('pictures'), sum('waiting'), sum('flagged')),
      done:
        sum('snapshots') + lent.snapshots > 0 ||
        (sum('pictures') > 0 && sum('settled') > 0 && sum('flagged') + sum('waiting') === 0),
      running: sum('waiting') > 0,
      href: places.foreground,
    },
    {
      title: 'Train',
      says: models === 0 ? 'on artificial mixtures' : formatCount(models, 'training'),
      done: models > 0,
      running: facts.trainings.some(isUnderWay),
      href: places.training,
    },
    {
      title: 'Segment mixtures',
      says: found === 0 ? 'who is where, and how many' : formatCount(found, 'run'),
      done: found > 0,
      running: facts.segmentations.some(isUnderWay),
      href: places.segmentation,
    },
    {
      title: 'Compare',
      says:
        facts.comparisons === 0 ? 'models on the same images' : formatCount(facts.comparisons, 'comparison'),
      done: facts.comparisons > 0,
      running: false,
      href: places.comparison,
    },
  ];
  const last = plan.findLastIndex(({ done }) => done);
  const next = plan.findIndex(({ done, running }, i) => i > last && !done && !running);
  return plan.map(({ title, says, done, running, href }, i) => {
    const state = running && !done ? 'running' : done || i < last ? 'done' : i === next ? 'next' : 'later';
    return { title, says, state, ...(href === undefined ? {} : { href }) };
  });
}

/** The same for who only looks: what stands, and nothing that is asked of them. */
export function stepsToLookAt(steps: readonly Step[]): readonly Step[] {
  return steps.map((step) => (step.state === 'next' ? { ...step, state: 'later' } : step));
}

function foregroundWords(pictures: number, waiting: number, flagged: number): string {
  if (pictures === 0) return 'cells found by themselves';
  if (waiting > 0) return `${formatCount(waiting, 'picture')} to go`;
  return flagged > 0 ? `${flagged} to look at` : formatCount(pictures, 'picture');
}
