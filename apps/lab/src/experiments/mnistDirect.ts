/** Section 3.1 of the paper: the direct encoding on MNIST. */
import { directEncoding } from "@pareidolia/encodings/direct/directEncoding";
import { mapElitesExperiment } from "./mapElitesExperiment.ts";

export const mnistDirect = mapElitesExperiment({
  id: "mnist-direct",
  description: "directly encoded images that fool a digit network (section 3.1); bars for LeNet, presets paper and released-code",
  encoding: directEncoding,
  defaultPresets: ["paper", "released-code"],
  gatesOf: () => [
    { generation: 50, statistic: "median", atLeast: 0.995 },
    { generation: 50, statistic: "minimum", isClaimed: true },
    { generation: 200, statistic: "median", atLeast: 0.9999, isClaimed: true },
    { generation: 200, statistic: "minimum", atLeast: 0.999 },
  ],
});
