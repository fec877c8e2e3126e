/** Limits the figures that a file of another program states, so that lists and charts can add them up. */
import { type ForeignData, type ForeignImage, type ForeignRun, unreadable } from "./foreignData.ts";

/** The largest magnitude of a metric, and of a fitness or confidence that a source states. */
export const maxFigure = 1e30;

/** @throws AppError CORRUPT_DATA. */
function requireFigure(value: number, what: string): void {
  if (!(Math.abs(value) <= maxFigure))
    throw unreadable(`${what} is ${value}; figures may be from -${maxFigure} to ${maxFigure}. Correct it, or leave it out`);
}

async function* limitedImages(images: AsyncIterable<ForeignImage>, run: string): AsyncGenerator<ForeignImage, void, undefined> {
  for await (const image of images) {
    if (image.claimed !== null) requireFigure(image.claimed, `the fitness of an image of ${run}`);
    yield image;
  }
}

function limitedRun(run: ForeignRun): ForeignRun {
  const name = JSON.stringify(run.name);
  for (const [metric, value] of Object.entries(run.metrics))
    requireFigure(value, `the metric ${JSON.stringify(metric.slice(0, 80))} of ${name}`);
  for (const { generation, median, mean, minimum, maximum } of run.curve)
    for (const value of [median, mean, minimum, maximum]) requireFigure(value, `the curve of ${name} in generation ${generation}`);
  for (const { metric, steps, values } of run.histories ?? [])
    for (const value of [...steps, ...values]) requireFigure(value, `the curve of ${JSON.stringify(metric.slice(0, 80))} of ${name}`);
  return { ...run, images: (skip) => limitedImages(run.images(skip), name) };
}

/** @throws AppError CORRUPT_DATA naming the first figure that is too large; for images, when they are read. */
export function withFigureLimits(data: ForeignData): ForeignData {
  return { ...data, runs: data.runs.map(limitedRun) };
}
