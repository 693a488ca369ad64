export { type MigratedDatabase, openMigrated } from './open-migrated.ts';
export {
  openPlanner,
  type Plan,
  type Planner,
  type Scan,
  type Statement,
  StatementWatch,
} from './statement-watch.ts';
