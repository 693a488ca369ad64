/**
 * Loaded into every Node child before its own code (`--import`): the child ends when its supervisor is gone. The
 * supervisor holds the other end of the child's standard input and never writes to it; the system closes that
 * end however the supervisor dies.
 */
import { isMainThread } from 'node:worker_threads';

/** Threads, and processes that the child itself starts, inherit the flag but not the supervisor. */
const { env, ppid } = process;
const supervised = isMainThread && env.SUPERVISOR_PID === String(ppid);

/** How long (ms) a child may take to end in order. */
const PATIENCE = 10_000;

if (supervised) {
  // The child leads a process group of its own: what it has started ends with it. A child that has no listener of
  // its own ends here at once.
  const end = () => {
    setTimeout(() => process.kill(-process.pid, 'SIGKILL'), PATIENCE).unref();
    process.kill(-process.pid, 'SIGTERM');
  };
  process.stdin.on('end', end);
  process.stdin.on('error', end);
  process.stdin.resume();
  if ('unref' in process.stdin && typeof process.stdin.unref === 'function') process.stdin.unref();
}
