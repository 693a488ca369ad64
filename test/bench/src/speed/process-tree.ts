import { readdirSync, readFileSync } from 'node:fs';

/** A living process and its share of memory. */
export interface ProcessMemory {
  readonly pid: number;
  /** What it was started with, shortened for people. */
  readonly command: string;
  /** MiB; pages that several processes share count in parts (PSS). */
  readonly pss: number;
}

/** What a process and all that it has started, and they have started, hold in memory. Linux only. */
export function memoryOfTree(root: number): ProcessMemory[] {
  return treeOf(root).flatMap((pid) => {
    const pss = pssOf(pid);
    return pss === null ? [] : [{ pid, command: commandOf(pid), pss }];
  });
}

/** Processor time (ms) that a process and all that lives of what it has started have taken so far. Linux only. */
export function processorMsOfTree(root: number): number {
  return treeOf(root).reduce((sum, pid) => {
    const fields = fieldsOf(pid);
    return fields === null ? sum : sum + 10 * (Number(fields[11]) + Number(fields[12]));
  }, 0);
}

function treeOf(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const fields = /^\d+$/.test(name) ? fieldsOf(Number(name)) : null;
    if (fields === null) continue;
    const parent = Number(fields[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const tree = [root];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  return tree;
}

/** Of /proc/<pid>/stat what stands behind the name, which may hold anything: state, parent, … times in 1/100 s. */
function fieldsOf(pid: number): string[] | null {
  const stat = read(pid, 'stat');
  return stat === null ? null : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function pssOf(pid: number): number | null {
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(read(pid, 'smaps_rollup') ?? '')?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) / 1024;
}

function commandOf(pid: number): string {
  const words = (read(pid, 'cmdline') ?? '').split('\0').filter((word) => word !== '');
  const file = words.slice(1).findLast((word) => /\.(ts|js|mjs)$/.test(word));
  return (file?.split('/').slice(-4).join('/') ?? words.join(' ')).slice(0, 60);
}

function read(pid: number, name: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return null;
  }
}
