import type { Problem } from './problem.ts';

/** What to say at a form's field: the problem, where it names that field as its subject. */
export function fieldError(problem: Problem | null, field: string): string | undefined {
  if (problem === null || !names(problem, field)) return undefined;
  return problem.cure === null ? problem.message : `${problem.message} ${problem.cure}`;
}

/** The problem where none of the form's fields shows it: for `<ProblemNote>`. */
export function otherProblem(problem: Problem | null, fields: readonly string[]): Problem | null {
  return problem !== null && fields.some((field) => names(problem, field)) ? null : problem;
}

function names(problem: Problem, field: string): boolean {
  return problem.subject === field || problem.subject === `input.${field}`;
}
