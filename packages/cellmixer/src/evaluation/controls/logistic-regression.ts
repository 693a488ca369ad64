/** A linear classifier over standardised features. */
export interface LogisticRegression {
  /** Class 0…classes − 1 of a row of features. */
  predict(features: readonly number[]): number;
}

/**
 * Multinomial logistic regression with a quadratic penalty, by Nesterov's accelerated gradient descent on
 * standardised features. Classes weigh equally however many rows they have.
 *
 * @param rows one row of features each, all of one length
 * @param labels class of each row, 0…classes − 1
 */
export function fitLogisticRegression(
  rows: readonly (readonly number[])[],
  labels: readonly number[],
  classes: number,
  options: { readonly penalty?: number; readonly steps?: number } = {},
): LogisticRegression {
  const { penalty = 1e-3, steps = 300 } = options;
  const standardise = standardiser(rows);
  const inputs = rows.map((row) => standardise(row));
  const width = (inputs[0]?.length ?? 0) + 1;
  const sizes = new Float64Array(classes);
  for (const label of labels) sizes[label]!++;
  const present = sizes.filter((size) => size > 0).length;
  const weightOf = labels.map((label) => 1 / (sizes[label]! * present));
  // The loss curves by at most half the largest squared length of an input.
  const longest = inputs.reduce(
    (most, row) =>
      Math.max(
        most,
        row.reduce((sum, x) => sum + x * x, 1),
      ),
    1,
  );
  const rate = 1 / (longest / 2 + penalty);

  let weights = new Float64Array(classes * width);
  let ahead = weights.slice();
  for (let step = 1; step <= steps; step++) {
    const gradient = ahead.map((weight) => penalty * weight);
    inputs.forEach((input, n) => {
      const shares = softmax(scores(ahead, input, classes, width));
      for (let c = 0; c < classes; c++) {
        const error = weightOf[n]! * (shares[c]! - (labels[n] === c ? 1 : 0));
        for (let j = 0; j + 1 < width; j++) gradient[c * width + j]! += error * input[j]!;
        gradient[c * width + width - 1]! += error;
      }
    });
    const next = ahead.map((weight, i) => weight - rate * gradient[i]!);
    const momentum = (step - 1) / (step + 2);
    ahead = next.map((weight, i) => weight + momentum * (weight - weights[i]!));
    weights = next;
  }
  return {
    predict(features) {
      const found = scores(weights, standardise(features), classes, width);
      return found.indexOf(Math.max(...found));
    },
  };
}

function scores(weights: Float64Array, input: readonly number[], classes: number, width: number): number[] {
  return Array.from({ length: classes }, (_, c) => {
    let sum = weights[c * width + width - 1]!;
    for (let j = 0; j + 1 < width; j++) sum += weights[c * width + j]! * input[j]!;
    return sum;
  });
}

function softmax(values: readonly number[]): number[] {
  const highest = Math.max(...values);
  const shares = values.map((value) => Math.exp(value - highest));
  const total = shares.reduce((a, b) => a + b, 0);
  return shares.map((share) => share / total);
}

/** To mean 0 and deviation 1 over `rows`; a constant feature becomes 0. */
function standardiser(rows: readonly (readonly number[])[]): (row: readonly number[]) => number[] {
  const width = rows[0]?.length ?? 0;
  const means = Array.from(
    { length: width },
    (_, j) => rows.reduce((sum, row) => sum + row[j]!, 0) / rows.length,
  );
  const spreads = means.map((mean, j) =>
    Math.sqrt(rows.reduce((sum, row) => sum + (row[j]! - mean) ** 2, 0) / rows.length),
  );
  return (row) => row.map((value, j) => (spreads[j]! > 1e-12 ? (value - means[j]!) / spreads[j]! : 0));
}
