import type { Plan, Planner, Statement } from '@cellmixer/database/testing';

/** What a statement of a list does when it runs again. */
export interface Reading {
  readonly statement: Statement;
  /** Null where it does not read. */
  readonly plan: Plan | null;
  /** Whether it gives the nodes of an answer: a page of a list, or the rows of given ids. The others count or name. */
  readonly givesNodes: boolean;
}

/** Runs a list's own statements again, with the same values and by indexes. */
export async function readAgain(planner: Planner, statements: readonly Statement[]): Promise<Reading[]> {
  const readings: Reading[] = [];
  for (const statement of statements) {
    const givesNodes = /t\.id (ASC|DESC)\s+LIMIT|^\s*SELECT t\.[*"]/.test(statement.text);
    readings.push({ statement, plan: await planner.readPlan(statement), givesNodes });
  }
  return readings;
}

/** Rows that scans of tables and indexes read for the nodes of an answer, dropped ones included. */
export function rowsForNodes(readings: readonly Reading[]): number {
  return readings.reduce((sum, { plan, givesNodes }) => sum + (givesNodes ? (plan?.rowsRead ?? 0) : 0), 0);
}
