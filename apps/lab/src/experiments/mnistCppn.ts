/** Section 3.2 of the paper: CPPNs on MNIST. Raw pixel coordinates, as the released code feeds them, make the harder search. */
import { cppnEncoding } from "@pareidolia/encodings/cppn/cppnEncoding";
import { mapElitesExperiment } from "./mapElitesExperiment.ts";

/** What the same search has been seen to reach early against the released weights, on two seeds. */
const early = {
  raw: [
    { generation: 5, atLeast: 0.99 },
    { generation: 50, atLeast: 0.999 },
  ],
  normalised: [
    { generation: 0, atLeast: 0.99 },
    { generation: 50, atLeast: 0.9999 },
  ],
};

export const mnistCppn = mapElitesExperiment({
  id: "mnist-cppn",
  description: "CPPN-encoded images against LeNet (section 3.2); judged on the presets released-code and normalised",
  encoding: cppnEncoding,
  defaultPresets: ["released-code", "normalised"],
  gatesOf: (preset) => [
    ...early[preset === "normalised" ? "normalised" : "raw"].map((gate) => ({ ...gate, statistic: "median", finding: true }) as const),
    { generation: 200, statistic: "median", atLeast: preset === "normalised" ? 0.9999 : 0.999 },
  ],
});
