import { routeId } from '#api/route-id.ts';

/** The address of every page, so that a link cannot name one that is not there. Ids are those of the API. */
export const paths = {
  home: () => '/' as const,
  cellLines: () => '/cell-lines' as const,
  people: () => '/people' as const,
  help: () => '/help' as const,
  /** For who runs the server. */
  server: () => '/server' as const,
  keys: () => '/keys' as const,
  trash: () => '/trash' as const,
  /** Of the lab or one project, from a place in its list. */
  activity: (project?: string, after?: string) => {
    const query = new URLSearchParams({
      ...(project === undefined ? {} : { project: routeId(project) }),
      ...(after === undefined ? {} : { after }),
    });
    return query.size === 0 ? '/activity' : `/activity?${query}`;
  },
  /** With the path to come back to afterwards. */
  signIn: (to?: string) => (to === undefined ? '/sign-in' : `/sign-in?to=${encodeURIComponent(to)}`),
  invitation: (token: string) => `/invitation?token=${encodeURIComponent(token)}`,
  project: (project: string) => `/projects/${routeId(project)}`,
  projectPeople: (project: string) => `${paths.project(project)}/people`,
  dataset: (project: string, dataset: string) => `${paths.project(project)}/datasets/${routeId(dataset)}`,
  projectTrash: (project: string) => `${paths.project(project)}/trash`,
  sharing: (project: string, dataset: string) => `${paths.dataset(project, dataset)}/sharing`,
  /** An offer of a dataset. */
  share: (share: string) => `/shares/${routeId(share)}`,
  /** A dataset for who holds a reviewer's link, from a place in its list. */
  reviewed: (dataset: string, after?: string) =>
    `/datasets/${routeId(dataset)}${after === undefined ? '' : `?after=${encodeURIComponent(after)}`}`,
  reviewedImage: (dataset: string, image: string) => `/datasets/${routeId(dataset)}/images/${routeId(image)}`,
  foreground: (project: string, dataset: string) => `${paths.dataset(project, dataset)}/foreground`,
  image: (project: string, image: string) => `${paths.project(project)}/images/${routeId(image)}`,
  newRun: (project: string) => `${paths.project(project)}/runs/new`,
  run: (project: string, run: string) => `${paths.project(project)}/runs/${routeId(run)}`,
  /** Of a version, or of the one that counts. */
  model: (project: string, model: string, version?: string) =>
    `${paths.project(project)}/models/${routeId(model)}${version === undefined ? '' : `?version=${routeId(version)}`}`,
  /** With the model version that is to be used. */
  newSegmentationRun: (project: string, modelVersion?: string) =>
    `${paths.project(project)}/segmentation-runs/new${modelVersion === undefined ? '' : `?model=${routeId(modelVersion)}`}`,
  segmentationRun: (project: string, run: string) =>
    `${paths.project(project)}/segmentation-runs/${routeId(run)}`,
  /** With the run that it is looked at from, for its neighbours. */
  segmentation: (project: string, segmentation: string, run?: string) =>
    `${paths.project(project)}/segmentations/${routeId(segmentation)}${run === undefined ? '' : `?run=${routeId(run)}`}`,
  newComparison: (project: string) => `${paths.project(project)}/comparisons/new`,
  comparison: (project: string, comparison: string) =>
    `${paths.project(project)}/comparisons/${routeId(comparison)}`,
};
