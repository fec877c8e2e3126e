/** Small searches against the linear classifier, for suites on evolution. */
import type { Classifier } from "@pareidolia/core/classifier";
import type { Encoding } from "@pareidolia/core/encoding";
import { getEncoding } from "@pareidolia/encodings/registry";
import { evaluateGeneration } from "@pareidolia/evolution/evaluateGeneration";
import { MapElites, type MapElitesOptions } from "@pareidolia/evolution/mapElites";
import { createLinearClassifier } from "./linearClassifier.ts";

const shape = { width: 6, height: 5, channels: 1 } as const;
export const classes = 7;

export function smallEncoding(id: "direct" | "cppn" = "direct", preset = "released-code"): Encoding<unknown> {
  const definition = getEncoding(id);
  return definition.create(shape, definition.presets.find((candidate) => candidate.id === preset)?.values ?? {});
}

export function smallSearch(options: Partial<MapElitesOptions<unknown>> = {}): MapElites<unknown> {
  return new MapElites({ encoding: smallEncoding(), niches: classes, seed: 11, offspring: 20, insertion: "every-class", ...options });
}

export function smallClassifier(options: Partial<Parameters<typeof createLinearClassifier>[0]> = {}): Classifier {
  return createLinearClassifier({ input: shape, classes, ...options });
}

export async function evolve(search: MapElites<unknown>, generations: number, chunk?: number): Promise<MapElites<unknown>> {
  const classifier = smallClassifier();
  for (let i = 0; i < generations; i++)
    await evaluateGeneration({ search, encoding: smallEncoding(), classifier, ...(chunk === undefined ? {} : { chunk }) });
  return search;
}
