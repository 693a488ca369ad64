export { type Plan, readPlan, type Statement, StatementWatch } from './statement-watch.ts';
