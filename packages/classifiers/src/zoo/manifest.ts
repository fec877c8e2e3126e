/** The built-in models. A new model is an entry in one of these lists. */
import { mobileNetEntries } from "./mobileNets.ts";
import { onnxModelZooEntries } from "./onnxModelZoo.ts";
import { ownEntries } from "./ownNetworks.ts";
import type { ZooModel } from "./zooModel.ts";

export const zooManifest: readonly ZooModel[] = [...ownEntries, ...mobileNetEntries, ...onnxModelZooEntries].map((entry) => {
  const { width, height, channels } = entry.preprocessing;
  return { leftOut: 0, ...entry, width, height, channels };
});

export function findZooModel(id: string): ZooModel | null {
  return zooManifest.find((model) => model.id === id) ?? null;
}
