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
}

const inProject = (rest: (places: Places) => string): Page => ({
  at: (places) => `/projects/${places.project}${rest(places)}`,
  lab: true,
});

/** Every page of the portal, by the folder of its route. A route that is not here fails the tests. */
export const everyPage: Readonly<Record<string, Page>> = {
  'sign-in': { at: () => '/sign-in', lab: false },
  'first-account': { at: ({ token }) => `/first-account?token=${token}`, lab: false },
  invitation: { at: ({ invitation }) => `/invitation?token=${invitation}`, lab: false },
  'reset-password': { at: () => '/reset-password?token=none', lab: false },
  'link-over': { at: () => '/link-over', lab: false },
  // Leads to the dataset of the link.
  'datasets/[dataset]': { at: ({ reviewer }) => `/api/review?token=${reviewer}`, lab: false },
  'datasets/[dataset]/images/[image]': {
    at: ({ dataset, image }) => `/datasets/${dataset}/images/${image}`,
    lab: false,
  },
  '(lab)': { at: () => '/', lab: true },
  '(lab)/cell-lines': { at: () => '/cell-lines', lab: true },
  '(lab)/people': { at: () => '/people', lab: true },
  '(lab)/activity': { at: () => '/activity', lab: true },
  '(lab)/keys': { at: () => '/keys', lab: true },
  '(lab)/server': { at: () => '/server', lab: true },
  '(lab)/trash': { at: () => '/trash', lab: true },
  '(lab)/shares/[share]': { at: ({ share }) => `/shares/${share}`, lab: true },
  '(lab)/help': { at: () => '/help', lab: true },
  '(lab)/projects/[id]': inProject(() => ''),
  '(lab)/projects/[id]/people': inProject(() => '/people'),
  '(lab)/projects/[id]/trash': inProject(() => '/trash'),
  '(lab)/projects/[id]/datasets/[dataset]/sharing': inProject(
    ({ dataset }) => `/datasets/${dataset}/sharing`,
  ),
  '(lab)/projects/[id]/datasets/[dataset]': inProject(({ dataset }) => `/datasets/${dataset}`),
  '(lab)/projects/[id]/datasets/[dataset]/foreground': inProject(
    ({ dataset }) => `/datasets/${dataset}/foreground`,
  ),
  '(lab)/images/[image]': { at: ({ image }) => `/images/${image}`, lab: true },
  '(lab)/projects/[id]/images/[image]': inProject(({ image }) => `/images/${image}`),
  '(lab)/projects/[id]/runs/new': inProject(() => '/runs/new'),
  '(lab)/projects/[id]/runs/[run]': inProject(({ run }) => `/runs/${run}`),
  '(lab)/projects/[id]/models/[model]': inProject(({ model }) => `/models/${model}`),
  '(lab)/projects/[id]/segmentation-runs/new': inProject(() => '/segmentation-runs/new'),
  '(lab)/projects/[id]/segmentation-runs/[run]': inProject(
    ({ segmentationRun }) => `/segmentation-runs/${segmentationRun}`,
  ),
  '(lab)/projects/[id]/segmentations/[segmentation]': inProject(
    ({ segmentation }) => `/segmentations/${segmentation}`,
  ),
  '(lab)/projects/[id]/comparisons/new': inProject(() => '/comparisons/new'),
  '(lab)/projects/[id]/comparisons/[comparison]': inProject(({ comparison }) => `/comparisons/${comparison}`),
};

/** Pages as `everyPage` has them, of things that make them look otherwise. */
export const otherLooks: Readonly<Record<string, Page>> = {
  '(lab)/projects/[id]/runs/[run], a baseline': inProject(({ baseline }) => `/runs/${baseline}`),
  '(lab)/projects/[id]/runs/[run], a null split': inProject(({ nullSplit }) => `/runs/${nullSplit}`),
  '(lab)/projects/[id]/segmentations/[segmentation], of its run': inProject(
    ({ segmentation, segmentationRun }) => `/segmentations/${segmentation}?run=${segmentationRun}`,
  ),
  '(lab)/activity, of a project': { at: ({ project }) => `/activity?project=${project}`, lab: true },
};

const app = resolve(import.meta.dirname, '../../apps/web/src/app');

/** The folders of `apps/web/src/app` in which a page stands. */
export function routesOfApp(): readonly string[] {
  return globSync('**/page.tsx', { cwd: app })
    .map((file) => dirname(file))
    .toSorted();
}
