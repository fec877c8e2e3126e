/** Section 3.2 of the paper: CPPNs on MNIST. Raw pixel coordinates, as the released code feeds them, make the harder search. */
import { cppnEncoding } from "@pareidolia/encodings/cppn/cppnEncoding";
import { mapElitesExperiment } from "./mapElitesExperiment.ts";

export const mnistCppn = mapElitesExperiment({
  id: "mnist-cppn",
  description: "CPPN-encoded images against LeNet (section 3.2); judged on the presets released-code and normalised",
  encoding: cppnEncoding,
  defaultPresets: ["released-code", "normalised"],
  gatesOf: (preset) => [{ generation: 200, statistic: "median", atLeast: preset === "normalised" ? 0.9999 : 0.999 }],
});
