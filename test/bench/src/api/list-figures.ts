import { measureLists, readAgain, rowsForNodes, type ServedWorld } from '@cellmixer/api/testing';
import { openPlanner, type StatementWatch } from '@cellmixer/database/testing';
import { printTable, type Row } from '../report.ts';

const measured = ['statements', 'growth', 'rows per node', 'with fields'] as const;
type Measured = (typeof measured)[number];

/**
 * Every list of the schema with 1 and with `count` nodes: statements as the driver sent them, sign-in included, and the
 * rows that the scans of the others read when they run again under EXPLAIN ANALYZE, by indexes, with the same values:
 * of those that give the nodes, and of all.
 *
 * @param only lists whose names hold this text, with how each of their statements reads; all of them, and no more, where
 * it is empty
 */
export async function listFigures(served: ServedWorld, watch: StatementWatch, count: number, only = '') {
  await using planner = await openPlanner(served.databaseUrl);
  const rows: (Row & Record<Measured, number>)[] = [];
  for await (const { name, statements, own, growth, nodes } of measureLists(served, watch, count, only)) {
    const readings = await readAgain(planner, own);
    const read = rowsForNodes(readings);
    const all = readings.reduce((sum, { plan }) => sum + (plan?.rowsRead ?? 0), 0);
    if (only !== '') {
      for (const { statement, plan, givesNodes } of readings) {
        const kind = givesNodes ? 'gives nodes' : 'counts or names';
        printTable(
          `${name}, ${kind}: ${statement.text.replaceAll(/\s+/g, ' ')}`,
          (plan?.scans ?? []).map((scan) => ({ ...scan })),
        );
      }
    }
    rows.push({
      list: name,
      statements: statements.length,
      growth,
      nodes,
      'rows per node': read / nodes,
      'with fields': all / nodes,
    });
  }
  const worst = (column: Measured) => rows.toSorted((a, b) => b[column] - a[column]).slice(0, 5);
  for (const column of measured)
    printTable(`The five worst of ${rows.length} lists by ${column}, ${count} nodes`, worst(column));
  return {
    figures: {
      'api.statements': worst('statements')[0]?.statements ?? Number.NaN,
      'api.statementGrowth': worst('growth')[0]?.growth ?? Number.NaN,
      'api.rowsPerNode': worst('rows per node')[0]?.['rows per node'] ?? Number.NaN,
      'api.rowsPerNode.withFields': worst('with fields')[0]?.['with fields'] ?? Number.NaN,
    },
    rows,
  };
}
