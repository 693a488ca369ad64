/**
 * `npm run test:faults`: hurts each part of a lab's server in the midst of each phase of the work (`kill -9`, and a
 * stop for 60 s) and counts what is lost, what is there twice, and how long it takes until another worker goes on.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Lab } from '@cellmixer/api-client';
import { demoLines, drawCulture, drawMixture } from '@cellmixer/demo-cultures';
import { encodePng } from '@cellmixer/imaging';
import { Command } from 'commander';
import { z } from 'zod';
import { faults, hurt, thaw } from './faults/faults.ts';
import { countOrphans } from './faults/orphans.ts';
import * as phases from './faults/phases.ts';
import type { Phase, Scene } from './faults/scene.ts';
import { parts, ServerUnderTest } from './faults/server-under-test.ts';
import { printTable, type Row, writeFigures } from './report.ts';

const phaseOf = {
  upload: phases.upload,
  ingest: phases.ingest,
  training: phases.training,
  segmentation: phases.segmentation,
} as const satisfies Record<string, Phase>;
type PhaseName = keyof typeof phaseOf;

const list = (text: string) => text.split(',');
const options = new Command('test:faults')
  .option('--phases <list>', 'upload,ingest,training,segmentation', list, Object.keys(phaseOf))
  .option('--parts <list>', parts.join(','), list, [...parts])
  .option('--faults <list>', faults.join(','), list, [...faults])
  .option('--json <file>', 'write the figures there')
  .parse()
  .opts<{
    phases: PhaseName[];
    parts: (typeof parts)[number][];
    faults: (typeof faults)[number][];
    json?: string;
  }>();

const MIXTURES = 12;
const folder = mkdtempSync(join(tmpdir(), 'cellmixer-faults-'));
const say = (line: string) => console.log(`${new Date().toISOString().slice(11, 19)} ${line}`);
const server = await ServerUnderTest.start(join(folder, 'server'), (line) => say(`  ${line}`));
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await stop();
    process.exit(130);
  });
}
try {
  const scene = await prepare();
  const rows: Row[] = [];
  const takeovers: number[] = [];
  for (const phase of options.phases) {
    for (const fault of options.faults) {
      for (const part of options.parts) rows.push(await tryOut(scene, phase, part, fault, takeovers));
    }
  }
  const cancels: number[] = [];
  for (let i = 0; i < 3; i++) cancels.push(await phases.cancelTraining(scene));
  const orphans = await countOrphans(server);
  printTable('Faults in the midst of work', rows);
  const sum = (name: string) => rows.reduce((total, row) => total + Number(row[name]), 0);
  const figures = {
    'faults.lost': sum('lost'),
    'faults.doubled': sum('doubled') + orphans.length,
    'faults.takeover': Math.max(0, ...takeovers),
    'faults.cancel': Math.max(...cancels),
  };
  printTable(
    'Figures',
    Object.entries(figures).map(([id, value]) => ({ id, value })),
  );
  for (const key of orphans.slice(0, 20)) console.log(`nobody points to ${key}`);
  if (options.json !== undefined) writeFigures(options.json, figures, { rows, cancels, takeovers });
  const bad = figures['faults.lost'] > 0 || figures['faults.doubled'] > 0;
  if (bad || figures['faults.takeover'] > 30 || figures['faults.cancel'] > 2) process.exitCode = 1;
} finally {
  await stop();
}

async function stop(): Promise<void> {
  thaw();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function tryOut(
  scene: Scene,
  phase: PhaseName,
  part: (typeof parts)[number],
  fault: (typeof faults)[number],
  takeovers: number[],
): Promise<Row> {
  say(`${phase}: ${fault} ${part}`);
  const started = performance.now();
  let hurting: Promise<void> | null = null;
  const strike = () => {
    hurting ??= hurt(server, part, fault);
  };
  let note = '';
  let end = {
    lost: ['the phase'] as readonly string[],
    doubled: [] as readonly string[],
    takeover: null as number | null,
  };
  try {
    end = await phaseOf[phase](scene, strike);
  } catch (error) {
    note = error instanceof Error ? error.message : String(error);
  }
  await hurting;
  const { lost, doubled, takeover } = end;
  if (takeover !== null && part === 'worker') takeovers.push(takeover);
  const row = {
    phase,
    fault,
    part,
    lost: lost.length,
    doubled: doubled.length,
    'takeover s': takeover ?? undefined,
    seconds: (performance.now() - started) / 1000,
    note: note || [...lost, ...doubled].slice(0, 3).join('; '),
  };
  const taken = takeover === null ? '' : `, taken over after ${takeover.toFixed(1)} s`;
  say(`  lost ${row.lost}, doubled ${row.doubled}${taken}, ${row.seconds.toFixed(0)} s ${row.note}`);
  return row;
}

/** A lab with pictures, a snapshot, and what runs without any fault give. */
async function prepare(): Promise<Scene> {
  const account = { name: 'Faults', email: 'faults@lab.example', password: 'correct horse 9' };
  const lab = await Lab.found(server.local.firstAccountUrl ?? '', account, 'Lab');
  const pictures = join(folder, 'pictures');
  mkdirSync(pictures);
  const put = async (name: string, image: Parameters<typeof encodePng>[0]) => {
    const path = join(pictures, name);
    await writeFile(path, await encodePng(image));
    return path;
  };
  const size = { width: 320, height: 256 };
  const cultures = new Map<string, string[]>();
  for (const line of demoLines) {
    const own = [1, 2].map((well) =>
      put(`${line}-${well}.png`, drawCulture({ ...size, line, well, field: 1, seed: 5 }).image),
    );
    cultures.set(line, await Promise.all(own));
  }
  const fractions = Object.fromEntries(demoLines.map((line) => [line, 1 / demoLines.length]));
  const mixtures: string[] = [];
  for (let field = 1; field <= MIXTURES; field++) {
    const { image } = drawMixture({ ...size, fractions, well: 1, field, seed: 6 });
    mixtures.push(await put(`mixture-${field}.png`, image));
  }
  const project = await lab.make(
    'createProject',
    { organization: lab.organization, name: 'Faults' },
    'project',
  );
  const lines = new Map<string, string>();
  for (const name of demoLines) {
    lines.set(name, await lab.make('registerCellLine', { organization: lab.organization, name }, 'cellLine'));
  }
  const version = await phases.snapshotCultures({ lab, project }, cultures, lines);
  const reference = { model: '', modelVersion: '', maps: new Map<string, string>() };
  const scene: Scene = { lab, server, project, lines, cultures, mixtures, version, reference };
  say('a training and a segmentation without any fault, to compare with');
  const { id } = await phases.train(scene, null);
  const shape = z.object({ modelVersion: z.object({ id: z.string() }) });
  const made = await lab.look('TrainingRun', id, 'modelVersion { id }', shape);
  const row = await server.database.modelVersion.findUniqueOrThrow({
    where: { id: phases.rowIdOf(made.modelVersion.id) },
  });
  const whole = {
    ...scene,
    reference: { ...reference, model: row.checksum, modelVersion: made.modelVersion.id },
  };
  const { maps } = await phases.segment(whole, null);
  say(`${maps.size} maps, model ${row.checksum.slice(0, 8)} (${basename(folder)})`);
  return { ...whole, reference: { ...whole.reference, maps } };
}
