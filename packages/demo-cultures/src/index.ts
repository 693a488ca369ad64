export { type DemoLine, demoLines, demoLineWords } from './demo-line.ts';
export { type DrawCultureOptions, type DrawnPicture, drawCulture, type Field } from './draw-culture.ts';
export { type DrawMixtureOptions, drawMixture } from './draw-mixture.ts';
