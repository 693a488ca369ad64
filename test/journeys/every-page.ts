import { globSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** What the addresses of pages are made of; ids are those of addresses. */
export interface Places {
  /** Token of the address that makes the first account. */
  readonly token: string;
  readonly project: string;
  readonly dataset: string;
  readonly image: string;
  readonly run: string;
  readonly baseline: string;
  readonly nullSplit: string;
  readonly model: string;
  readonly segmentationRun: string;
  readonly segmentation: string;
  readonly comparison: string;
  readonly share: string;
  /** Token of an invitation that waits. */
  readonly invitation: string;
  /** Token of a reviewer's link. */
  readonly reviewer: string;
}

interface Page {
  /** Its address, below the server's. */
  readonly at: (places: Places) => string;
  /** Whether one must be signed in to see it. */
  readonly lab: boolean;
  /** Whether it asks the API before it can be shown. Then it shows its rooms first, and says where nothing answers. */
  readonly reads: boolean;
  /** What stands on it where there is nothing yet; null where there is always something. */
  readonly empty: RegExp | null;
  /** Whether a member of the lab who only looks at the project is told that it is not theirs to see. */
  readonly closedToViewers: boolean;
}

type States = Partial<Pick<Page, 'empty' | 'closedToViewers'>>;

/** Stands before any sign-in. */
const before = (reads: 'reads' | 'asks nothing', at: Page['at']): Page => ({
  at,
  lab: false,
  reads: reads === 'reads',
  empty: null,
  closedToViewers: false,
});
/** What a page of the lab says where it is empty must be told, or that it never is. */
const inLab = (at: Page['at'], states: States & Pick<Page, 'empty'>): Page => ({
  at,
  lab: true,
  reads: true,
  closedToViewers: false,
  ...states,
});
const inProject = (rest: Page['at'], states: States & Pick<Page, 'empty'>): Page =>
  inLab((places) => `/projects/${places.project}${rest(places)}`, states);
/** Shows one thing that was made. */
const ofThing: Pick<Page, 'empty'> = { empty: null };

/** Every page of the portal, by the folder of its route. A route that is not here fails the tests. */
export const everyPage: Readonly<Record<string, Page>> = {
  'sign-in': before('asks nothing', () => '/sign-in'),
  'first-account': before('asks nothing', ({ token }) => `/first-account?token=${token}`),
  invitation: before('reads', ({ invitation }) => `/invitation?token=${invitation}`),
  'reset-password': before('asks nothing', () => '/reset-password?token=none'),
  'link-over': before('asks nothing', () => '/link-over'),
  // Leads to the dataset of the link.
  'datasets/[dataset]': before('reads', ({ reviewer }) => `/api/review?token=${reviewer}`),
  'datasets/[dataset]/images/[image]': before(
    'reads',
    ({ dataset, image }) => `/datasets/${dataset}/images/${image}`,
  ),
  '(lab)': inLab(() => '/', { empty: /Pictures of pure cultures teach a network/ }),
  '(lab)/cell-lines': inLab(() => '/cell-lines', { empty: /Register the lines that you grow/ }),
  '(lab)/people': inLab(() => '/people', { empty: /No teams\. A team gets its role/ }),
  // Begins with who made the first account.
  '(lab)/activity': inLab(() => '/activity', { empty: null, closedToViewers: true }),
  '(lab)/keys': inLab(() => '/keys', { empty: /No keys\. Managers of a project make them/ }),
  // There is always the first lab.
  '(lab)/server': inLab(() => '/server', { empty: null, closedToViewers: true }),
  '(lab)/trash': inLab(() => '/trash', { empty: /Nothing is in the trash/ }),
  '(lab)/shares/[share]': inLab(({ share }) => `/shares/${share}`, ofThing),
  '(lab)/help': { ...inLab(() => '/help', { empty: null }), reads: false },
  '(lab)/projects/[id]': inProject(() => '', { empty: /No pictures yet/ }),
  // Who began the project has a role there.
  '(lab)/projects/[id]/people': inProject(() => '/people', { empty: /Nothing is lent to this project/ }),
  '(lab)/projects/[id]/trash': inProject(() => '/trash', { empty: /Nothing is in the trash/ }),
  '(lab)/projects/[id]/datasets/[dataset]/sharing': inProject(
    ({ dataset }) => `/datasets/${dataset}/sharing`,
    { empty: /It is shared with nobody/, closedToViewers: true },
  ),
  '(lab)/projects/[id]/datasets/[dataset]': inProject(({ dataset }) => `/datasets/${dataset}`, {
    empty: /No pictures yet/,
  }),
  '(lab)/projects/[id]/datasets/[dataset]/foreground': inProject(
    ({ dataset }) => `/datasets/${dataset}/foreground`,
    { empty: /Masks are found as soon as/ },
  ),
  '(lab)/images/[image]': inLab(({ image }) => `/images/${image}`, ofThing),
  '(lab)/projects/[id]/images/[image]': inProject(({ image }) => `/images/${image}`, ofThing),
  '(lab)/projects/[id]/runs/new': inProject(() => '/runs/new', {
    empty: /A training reads a snapshot/,
    closedToViewers: true,
  }),
  '(lab)/projects/[id]/runs/[run]': inProject(({ run }) => `/runs/${run}`, ofThing),
  '(lab)/projects/[id]/models/[model]': inProject(({ model }) => `/models/${model}`, ofThing),
  '(lab)/projects/[id]/segmentation-runs/new': inProject(() => '/segmentation-runs/new', {
    empty: /There is no model yet/,
    closedToViewers: true,
  }),
  '(lab)/projects/[id]/segmentation-runs/[run]': inProject(
    ({ segmentationRun }) => `/segmentation-runs/${segmentationRun}`,
    ofThing,
  ),
  '(lab)/projects/[id]/segmentations/[segmentation]': inProject(
    ({ segmentation }) => `/segmentations/${segmentation}`,
    ofThing,
  ),
  '(lab)/projects/[id]/comparisons/new': inProject(() => '/comparisons/new', {
    empty: /Comparing needs one snapshot/,
    closedToViewers: true,
  }),
  '(lab)/projects/[id]/comparisons/[comparison]': inProject(
    ({ comparison }) => `/comparisons/${comparison}`,
    ofThing,
  ),
};

/** Pages as `everyPage` has them, of things that make them look otherwise. */
export const otherLooks: Readonly<Record<string, Page>> = {
  '(lab)/projects/[id]/runs/[run], a baseline': inProject(({ baseline }) => `/runs/${baseline}`, ofThing),
  '(lab)/projects/[id]/runs/[run], a null split': inProject(({ nullSplit }) => `/runs/${nullSplit}`, ofThing),
  '(lab)/projects/[id]/segmentations/[segmentation], of its run': inProject(
    ({ segmentation, segmentationRun }) => `/segmentations/${segmentation}?run=${segmentationRun}`,
    ofThing,
  ),
  '(lab)/activity, of a project': inLab(({ project }) => `/activity?project=${project}`, ofThing),
};

const app = resolve(import.meta.dirname, '../../apps/web/src/app');

/** The folders of `apps/web/src/app` in which a page stands. */
export function routesOfApp(): readonly string[] {
  return globSync('**/page.tsx', { cwd: app })
    .map((file) => dirname(file))
    .toSorted();
}
