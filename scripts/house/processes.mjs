import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join, sep } from 'node:path';

/**
 * The Node that runs TypeScript: the installed one, else this one where it is new enough, else null. It is taken from
 * its package itself: npm 10 leaves no link to it in `node_modules/.bin`.
 */
export function findNode(root) {
  const windows = process.platform === 'win32';
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`;
  const installed = join(root, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node');
  if (existsSync(installed)) return installed;
  return Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : null;
}

/** The environment of a target: its Node and the installed commands come first, and nothing reports home. */
export function environmentFor(root, node) {
  return {
    ...process.env,
    PATH: [dirname(node), join(root, 'node_modules', '.bin'), pathWithoutModules()].join(delimiter),
    TURBO_TELEMETRY_DISABLED: '1',
  };
}

/** The search path without any `node_modules`: what npm itself must run on while it replaces them. */
export function pathWithoutModules() {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.split(sep).includes('node_modules'))
    .join(delimiter);
}

/**
 * Runs a command to its end with our own terminal. Signals are passed on and its end is awaited, so that
 * nothing stays behind; a Ctrl-C that the terminal has sent to both arrives twice within milliseconds.
 */
export function runToEnd(command, argv, options) {
  return new Promise((resolve) => {
    const child = spawn(command, argv, { stdio: 'inherit', ...options });
    let stopped = false;
    const passOn = (signal) => {
      stopped = true;
      child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, passOn);
    const finish = (end) => {
      for (const signal of signals) process.off(signal, passOn);
      resolve(end);
    };
    child.on('error', (error) => {
      console.error(`"${command}" cannot be started: ${error.message}`);
      finish({ code: 127, signal: null, stopped });
    });
    child.on('exit', (code, signal) => finish({ code: code ?? 0, signal, stopped }));
  });
}
