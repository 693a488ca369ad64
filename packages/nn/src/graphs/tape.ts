import type { Tensor, TensorGraph } from './tensor-graph.ts';

/** Reverse mode: layers note how to go back, and gradients that meet in one tensor are added. */
export class Tape {
  private readonly graph: TensorGraph;
  private readonly steps: (() => void)[] = [];
  private readonly gradients = new Map<string, Tensor>();
  private readonly parameterGradients = new Map<string, Tensor>();

  constructor(graph: TensorGraph) {
    this.graph = graph;
  }

  /**
   * Notes the way back through a layer: given the gradient of its output, `back` calls {@link addGradient} for its
   * inputs. A layer whose output no loss reaches is left out.
   */
  record(name: string, output: Tensor, back: (gradient: Tensor) => void): void {
    this.steps.push(() => {
      const gradient = this.gradients.get(output.name);
      if (!gradient) return;
      this.graph.scope(`${name}/back`);
      back(gradient);
    });
  }

  addGradient(of: Tensor, gradient: Tensor): void {
    const before = this.gradients.get(of.name);
    this.gradients.set(of.name, before ? this.graph.add(before, gradient) : gradient);
  }

  setParameterGradient(name: string, gradient: Tensor): void {
    this.parameterGradients.set(name, this.graph.flatten(gradient));
  }

  parameterGradient(name: string): Tensor | undefined {
    return this.parameterGradients.get(name);
  }

  gradient(of: Tensor): Tensor | undefined {
    return this.gradients.get(of.name);
  }

  backward(): void {
    for (const step of this.steps.toReversed()) step();
  }
}
