import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, cpus } from 'node:os';
import type { Lowering } from '../contracts.ts';
import type { ActualProvider } from './session.ts';

/** What must be equal so that a resumed training gives the same bits as an unbroken one. */
export interface Fingerprint {
  readonly provider: string;
  readonly lowering: string;
  readonly architecture: string;
  readonly processor: string;
  /** Instruction sets that arithmetic depends on, space-separated; empty where the system does not tell. */
  readonly instructions: string;
  readonly node: string;
  readonly runtime: string;
}

/** Describes where and with what a trainer computes. */
export function takeFingerprint(trainer: {
  readonly provider: ActualProvider;
  readonly lowering: Lowering;
}): Fingerprint {
  return {
    provider: trainer.provider,
    lowering: trainer.lowering,
    architecture: arch(),
    processor: (cpus()[0]?.model ?? 'unknown').trim(),
    instructions: instructionSets(),
    node: process.versions.node,
    runtime: runtimeVersion(),
  };
}

/** Names the entries that differ: where there are any, a resumed training is right but not bitwise the same. */
export function fingerprintDifferences(a: Fingerprint, b: Fingerprint): string[] {
  const others = new Map<string, string>(Object.entries(b));
  return Object.entries(a).flatMap(([name, value]: [string, string]) =>
    others.get(name) === value ? [] : [`${name}: ${value} → ${others.get(name)}`],
  );
}

function runtimeVersion(): string {
  const require = createRequire(import.meta.url);
  const { version }: { version: string } = require('onnxruntime-node/package.json');
  return `onnxruntime-node ${version}`;
}

function instructionSets(): string {
  if (process.platform !== 'linux') return '';
  const flags = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? '';
  return flags
    .split(/\s+/)
    .filter((flag) => /^(?:sse4|avx|fma|f16c|amx|asimd|sve|i8mm|bf16)/.test(flag))
    .sort()
    .join(' ');
}
