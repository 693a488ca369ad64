export { canvasColour, cividis, classColours, coloursOfRun, outlinedColours } from './palette.ts';
export type { Address } from './source/address.ts';
export { autoContrast, type Contrast } from './state/contrast.ts';
export { readLink, writeLink } from './state/view-link.ts';
export { Viewer } from './viewer.tsx';
export { ViewerGroup } from './viewer-group.tsx';
export type { ViewerProblem } from './viewer-problem.ts';
export type { ViewerClass, ViewerProps } from './viewer-props.ts';
