/** Runs every check that is not a test: `npm run lint`, or one of them: `-- --only types`. */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { checks } from './lint/checks.ts';

const root = resolve(import.meta.dirname, '..');
const [flag, only] = process.argv.slice(2);
const chosen = flag === '--only' ? checks.filter((check) => check.name === only) : checks;
if (chosen.length === 0) {
  console.error(
    `There is no check "${only ?? ''}". Checks: ${checks.map((check) => check.name).join(', ')}.`,
  );
  process.exit(2);
}

let failed = 0;
for (const check of chosen) {
  console.log(`\n== ${check.name}: ${check.says}`);
  const codes = check.commands.map(([file, ...argv]) => {
    const run = spawnSync(process.execPath, [...(check.flags ?? []), join(root, file), ...argv], {
      cwd: root,
      stdio: 'inherit',
    });
    return run.status ?? 1;
  });
  const holds = codes.every((code) => code === 0);
  console.log(holds ? `== ${check.name}: holds` : `== ${check.name}: FAILED`);
  if (!holds) failed += 1;
}
console.log(`\n${chosen.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
