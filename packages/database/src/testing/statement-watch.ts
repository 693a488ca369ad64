import pg from 'pg';
import { sessionOptions } from '../client.ts';

/** A statement as the driver sent it. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Notes every statement of this process's pools of ours as it goes through the driver, transactions' ends included. */
export class StatementWatch {
  readonly #original = pg.Client.prototype.query;
  #noted: Statement[] = [];

  constructor() {
    const note = (statement: Statement) => this.#noted.push(statement);
    const original = this.#original;
    pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]): unknown {
      const { connectionParameters } = this as unknown as {
        connectionParameters: { application_name?: string };
      };
      if (connectionParameters.application_name === 'cellmixer') note(readStatement(args));
      return Reflect.apply(original, this, args);
    } as typeof original;
  }

  /** What was sent since the last call. */
  take(): Statement[] {
    const noted = this.#noted;
    this.#noted = [];
    return noted;
  }

  stop(): void {
    pg.Client.prototype.query = this.#original;
  }
}

function readStatement([first, second]: readonly unknown[]): Statement {
  const config = typeof first === 'string' ? { text: first } : (first as Partial<Statement>);
  const values = Array.isArray(second) ? second : (config.values ?? []);
  return { text: config.text ?? '', values };
}

/** What a statement does in the database. */
export interface Plan {
  /** Rows that its scans of tables and indexes read, those included that a filter dropped. */
  readonly rowsRead: number;
  readonly scans: readonly Scan[];
}

/** How one table is read. */
export interface Scan {
  readonly table: string;
  /** Index Scan, Bitmap Heap Scan, Seq Scan, … */
  readonly how: string;
  readonly index: string;
  /** In all loops together, those dropped included. */
  readonly rows: number;
  readonly dropped: number;
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly PlanNode[];
}

export interface Planner extends AsyncDisposable {
  /**
   * Runs a reading statement again under EXPLAIN ANALYZE, with the values that it had and by indexes where there are
   * any. Null where it does not read.
   */
  readPlan(statement: Statement): Promise<Plan | null>;
}

export async function openPlanner(url: string): Promise<Planner> {
  const client = new pg.Client({ connectionString: url, options: sessionOptions });
  await client.connect();
  // Tables of a test are so small that reading all of them is cheapest; those of a lab are not.
  await client.query('SET enable_seqscan = off');
  return {
    async readPlan({ text, values }) {
      if (!/^\s*(SELECT|WITH)\b/i.test(text)) return null;
      const explain = `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${text}`;
      const { rows } = await client.query(explain, [...values]);
      const [{ Plan: root }] = rows[0]['QUERY PLAN'] as [{ Plan: PlanNode }];
      const scans = scansOf(root);
      return { rowsRead: scans.reduce((sum, { rows: read }) => sum + read, 0), scans };
    },
    [Symbol.asyncDispose]: () => client.end(),
  };
}

function scansOf(node: PlanNode): Scan[] {
  const { 'Relation Name': table, 'Actual Rows': given, 'Actual Loops': loops } = node;
  const dropped = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
  const own: Scan[] =
    table === undefined
      ? []
      : [
          {
            table,
            how: node['Node Type'],
            index: node['Index Name'] ?? '',
            rows: (given + dropped) * loops,
            dropped: dropped * loops,
          },
        ];
  return [...own, ...(node.Plans ?? []).flatMap(scansOf)];
}
