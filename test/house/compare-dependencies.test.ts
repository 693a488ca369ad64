import { describe, expect, it } from 'vitest';
import { compareDependencies } from '../../scripts/lint/compare-dependencies.ts';

const page = '| package | why |\n|---|---|\n| `left` | because |\n';

describe('compareDependencies', () => {
  it('is content where each pinned dependency has its line', () => {
    expect(
      compareDependencies([{ path: 'package.json', manifest: { dependencies: { left: '1.0.0' } } }], page),
    ).toEqual([]);
  });

  it('names a dependency without a line, in every kind of dependency', () => {
    const manifest = { devDependencies: { left: '1.0.0' }, optionalDependencies: { right: '2.0.0' } };
    expect(compareDependencies([{ path: 'a/package.json', manifest }], page)).toEqual([
      '"right" (a/package.json) has no line "| `right` | why |"',
    ]);
  });

  it('names a line that no package.json has any more', () => {
    expect(compareDependencies([{ path: 'package.json', manifest: {} }], page)).toEqual([
      '"left" has a line, but no package.json names it',
    ]);
  });

  it('refuses a range of versions', () => {
    const manifest = { dependencies: { left: '^1.0.0' } };
    expect(compareDependencies([{ path: 'package.json', manifest }], page)).toEqual([
      '"left" in package.json is "^1.0.0"; pin one exact version',
    ]);
  });

  it('asks for no line for packages of this repository', () => {
    const manifest = { dependencies: { left: '1.0.0', '@cellmixer/pixels': '0.1.0' } };
    expect(compareDependencies([{ path: 'package.json', manifest }], page)).toEqual([]);
  });
});
