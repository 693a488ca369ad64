import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The Node that runs TypeScript: the installed one, else this one where it is new enough, else null. */
export function findNode(root) {
  const installed = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  if (process.platform !== 'win32' && existsSync(installed)) return installed;
  return Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : null;
}

/** The environment of a target: the installed commands come first, and nothing reports home. */
export function environmentFor(root) {
  return {
    ...process.env,
    PATH: [join(root, 'node_modules', '.bin'), pathWithoutModules()].join(delimiter),
    TURBO_TELEMETRY_DISABLED: '1',
  };
}

/** The search path without any `node_modules/.bin`: what npm itself must run on while it replaces them. */
export function pathWithoutModules() {
  const modules = join('node_modules', '.bin');
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.endsWith(modules))
    .join(delimiter);
}

/**
 * Runs a command to its end with our own terminal. Signals are passed on and its end is awaited, so that
 * nothing stays behind; a Ctrl-C that the terminal has sent to both arrives twice within milliseconds.
 */
export function runToEnd(command, argv, options) {
  return new Promise((resolve) => {
    const child = spawn(command, argv, { stdio: 'inherit', ...options });
    const passOn = (signal) => child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, passOn);
    const finish = (end) => {
      for (const signal of signals) process.off(signal, passOn);
      resolve(end);
    };
    child.on('error', (error) => {
      console.error(`"${command}" cannot be started: ${error.message}`);
      finish({ code: 127, signal: null });
    });
    child.on('exit', (code, signal) => finish({ code: code ?? 0, signal }));
  });
}
