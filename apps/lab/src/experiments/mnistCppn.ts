/** Section 3.2 of the paper: CPPNs on MNIST. Raw pixel coordinates, as in the released code, make the search harder. */
import { cppnEncoding } from "@pareidolia/encodings/cppn/cppnEncoding";
import { mapElitesExperiment } from "./mapElitesExperiment.ts";

/** Generations without a bar, since early medians depend on the network's weights. */
const early = [0, 5, 50];

export const mnistCppn = mapElitesExperiment({
  id: "mnist-cppn",
  description: "CPPN images that fool a digit network (section 3.2); bars for LeNet, presets released-code and normalised",
  encoding: cppnEncoding,
  defaultPresets: ["released-code", "normalised"],
  gatesOf: (preset) => [
    ...early.map((generation) => ({ generation, statistic: "median" }) as const),
    { generation: 200, statistic: "median", atLeast: preset === "normalised" ? 0.9999 : 0.999, isClaimed: true },
  ],
});
