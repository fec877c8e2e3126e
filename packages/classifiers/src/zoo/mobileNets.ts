/**
 * MobileNets for ImageNet as TFLite files (Howard et al. 2017, Sandler et al. 2018). The last two have the same architecture and were
 * trained independently: the paper's first case of transfer (section 3.5). Mean and deviation are the input's quantisation in the file.
 * Class 0, "background", is removed, so all ImageNet networks have the same 1,000 classes in the same order.
 */
import { coralFiles, imageNetLabels } from "./imageNetLabels.ts";
import { downloadedModel, type ZooEntry } from "./zooModel.ts";

interface MobileNet {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly fileName: string;
  readonly side: number;
  readonly mean: number;
  readonly deviation: number;
  readonly sha256: string;
  readonly bytes: number;
}

const quantised = "Trained with quantisation to 8 bits; computed in 32-bit floats here, so probabilities differ by a few hundredths.";

const mobileNets: readonly MobileNet[] = [
  {
    id: "mobilenet-v1-0.25-128",
    name: "MobileNet v1 0.25 (128)",
    description: `A quarter of MobileNet v1's channels, on images of 128 x 128: the fastest and least accurate. ${quantised}`,
    fileName: "mobilenet_v1_0.25_128_quant.tflite",
    side: 128,
    mean: 128,
    deviation: 128,
    sha256: "cb273c23ee76374b05b9583177e28aa19744858a7679c56a250e83d0333da785",
    bytes: 525_598,
  },
  {
    id: "mobilenet-v1-0.5-160",
    name: "MobileNet v1 0.5 (160)",
    description: `Half of MobileNet v1's channels, on images of 160 x 160. ${quantised}`,
    fileName: "mobilenet_v1_0.5_160_quant.tflite",
    side: 160,
    mean: 128,
    deviation: 128,
    sha256: "3cc6d2ca460abd2e0f699a6d0d2550c6b61c6e3b0e27a3616e384ea74cb86f43",
    bytes: 1_392_846,
  },
  {
    id: "mobilenet-v2-1.0-224",
    name: "MobileNet v2 1.0 (224)",
    description: `MobileNet v2 on images of 224 x 224, with inverted residuals. ${quantised}`,
    fileName: "mobilenet_v2_1.0_224_quant.tflite",
    side: 224,
    mean: 128,
    deviation: 128,
    sha256: "7aad0c74c5e3c06e5eb3c827e13304fdd68a83da6087d92ee169c24ff9fd4776",
    bytes: 3_610_798,
  },
  {
    id: "mobilenet-v2-1.0-224-tf2",
    name: "MobileNet v2 1.0 (224), TF2",
    description:
      "The architecture of MobileNet v2 1.0 (224), trained independently and quantised to 8 bits per channel after training. Computed in 32-bit floats here.",
    fileName: "tf2_mobilenet_v2_1.0_224_ptq.tflite",
    side: 224,
    mean: 127,
    deviation: 127.5,
    sha256: "5d3137241276e79c86d14a74fe43581398ae0e815191d3dba45495b810840e8c",
    bytes: 4_070_174,
  },
];

export const mobileNetEntries: readonly ZooEntry[] = mobileNets.map(
  ({ id, name, description, fileName, side, mean, deviation, ...file }) => ({
    id,
    name,
    description,
    licence: "Apache-2.0",
    source: `google-coral/test_data at commit 104342d, ${fileName}`,
    ...file,
    preprocessing: { width: side, height: side, channels: 3, channelOrder: "RGB", layout: "NCHW", mean: [mean], deviation: [deviation] },
    labels: imageNetLabels,
    leftOut: 1,
    testError: null,
    file: downloadedModel({ name: fileName, urls: [`${coralFiles}/${fileName}`], ...file }),
  }),
);
