export { type ListCost, measureLists } from './list-costs.ts';
export { readAgain, rowsForNodes } from './rows-read.ts';
export { type ServedWorld, serveWorld } from './served-world.ts';
