import { measureLists, type ServedWorld } from '@cellmixer/api/testing';
import { openPlanner, type StatementWatch } from '@cellmixer/database/testing';
import { printTable, type Row } from '../report.ts';

/**
 * Every list of the schema with 1 and with `count` nodes: statements as the driver sent them, sign-in included, and the
 * rows that the scans of the others read when they run again under EXPLAIN ANALYZE, by indexes, with the same values.
 */
export async function listFigures(served: ServedWorld, watch: StatementWatch, count: number) {
  await using planner = await openPlanner(served.databaseUrl);
  const rows: (Row & { statements: number; growth: number; 'rows per node': number })[] = [];
  for await (const { name, statements, own, growth, nodes } of measureLists(served, watch, count)) {
    let read = 0;
    for (const statement of own) read += (await planner.readPlan(statement))?.rowsRead ?? 0;
    rows.push({
      list: name,
      statements: statements.length,
      growth,
      nodes,
      'rows read': read,
      'rows per node': read / nodes,
    });
  }
  const worst = (column: 'statements' | 'growth' | 'rows per node') =>
    rows.toSorted((a, b) => b[column] - a[column]).slice(0, 5);
  for (const column of ['statements', 'growth', 'rows per node'] as const)
    printTable(`The five worst of ${rows.length} lists by ${column}, ${count} nodes`, worst(column));
  return {
    figures: {
      'api.statements': worst('statements')[0]?.statements ?? Number.NaN,
      'api.statementGrowth': worst('growth')[0]?.growth ?? Number.NaN,
      'api.rowsPerNode': worst('rows per node')[0]?.['rows per node'] ?? Number.NaN,
    },
    rows,
  };
}
