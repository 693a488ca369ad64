export { openPlanner, type Plan, type Planner, type Statement, StatementWatch } from './statement-watch.ts';
