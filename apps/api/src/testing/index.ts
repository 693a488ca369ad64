export { type ListCost, measureLists } from './list-costs.ts';
export { type ServedWorld, serveWorld } from './served-world.ts';
