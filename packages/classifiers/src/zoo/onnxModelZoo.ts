/**
 * Networks of the ONNX Model Zoo: the paper's AlexNet, CaffeNet and GoogLeNet, a ResNet and a SqueezeNet. Hashes and sizes are from
 * the zoo's manifest and Git LFS pointers (ONNX_HUB_MANIFEST.json at commit 0618993), error rates from its model pages.
 */
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import { imageNetLabels } from "./imageNetLabels.ts";
import { downloadedModel, type ZooEntry } from "./zooModel.ts";

/** The zoo's new host since its Git LFS was closed in July 2025, then the former address. */
const mirrors = [
  "https://huggingface.co/onnxmodelzoo/legacy_models/resolve/main/validated/vision/classification",
  "https://media.githubusercontent.com/media/onnx/models/06189933463e51adb5ac34a5ead67cf6a3f51e2d/vision/classification",
];

/** Caffe's networks read BGR with ImageNet's mean colour subtracted, and do not scale. */
const caffe: Preprocessing = {
  width: 224,
  height: 224,
  channels: 3,
  channelOrder: "BGR",
  layout: "NCHW",
  mean: [103.939, 116.779, 123.68],
  deviation: [1],
};
const gluon: Preprocessing = {
  width: 224,
  height: 224,
  channels: 3,
  channelOrder: "RGB",
  layout: "NCHW",
  mean: [123.675, 116.28, 103.53],
  deviation: [58.395, 57.12, 57.375],
};

interface ZooNetwork
  extends Pick<ZooEntry, "id" | "name" | "description" | "licence" | "sha256" | "bytes" | "preprocessing" | "testError"> {
  /** Relative to the zoo's root. */
  readonly path: string;
}

const networks: readonly ZooNetwork[] = [
  {
    id: "alexnet",
    name: "AlexNet",
    description:
      "The network of Krizhevsky et al. 2012 as BVLC trained it with Caffe: five convolutions with local response normalisation.",
    licence: "BSD-3-Clause",
    path: "alexnet/model/bvlcalexnet-12.onnx",
    sha256: "6b0da9510f27f234ee96a85dc3809dd210150fdefad87f6850f9788513216945",
    bytes: 243_863_787,
    preprocessing: caffe,
    testError: 0.452,
  },
  {
    id: "caffenet",
    name: "CaffeNet",
    description: "The paper's ImageNet network: AlexNet with pooling before normalisation, by BVLC. The test error is on central crops.",
    licence: "BSD-3-Clause",
    path: "caffenet/model/caffenet-12.onnx",
    sha256: "ea563e5c47d1f58e1717cf1a2d8bf288b8adc07af0ad228b622096cd243aeecb",
    bytes: 243_863_798,
    preprocessing: caffe,
    testError: 0.426,
  },
  {
    id: "googlenet",
    name: "GoogLeNet",
    description:
      "Szegedy et al. 2014 by BVLC, the second architecture of the paper's transfer experiments. The test error is on central crops.",
    licence: "BSD-3-Clause",
    path: "inception_and_googlenet/googlenet/model/googlenet-12.onnx",
    sha256: "c99c507058eaf41de8723408fdda7db8325cb57f0a89f2ee07a716d6e963e14e",
    bytes: 28_021_836,
    preprocessing: caffe,
    testError: 0.313,
  },
  {
    id: "resnet50",
    name: "ResNet-50",
    description: "He et al. 2015, 50 layers with residual connections (version 1, from MXNet).",
    licence: "Apache-2.0",
    path: "resnet/model/resnet50-v1-12.onnx",
    sha256: "ab65bdc02c5b3123eb3cdf6dac01742438517d8635d4f233913b2be1c70db3b6",
    bytes: 102_576_419,
    preprocessing: gluon,
    testError: 0.2503,
  },
  {
    id: "squeezenet",
    name: "SqueezeNet 1.0",
    description: "Iandola et al. 2016: about as accurate as AlexNet with 50 times fewer weights.",
    licence: "Apache-2.0",
    path: "squeezenet/model/squeezenet1.0-12.onnx",
    sha256: "dec81a8684617770b3cf13fadc1d92565d1d453d23935fc6388b792d99c992bd",
    bytes: 4_952_956,
    preprocessing: caffe,
    testError: 0.4315,
  },
];

export const onnxModelZooEntries: readonly ZooEntry[] = networks.map(({ path, ...network }) => ({
  ...network,
  source: `ONNX Model Zoo, ${path}`,
  labels: imageNetLabels,
  file: downloadedModel({
    name: path.slice(path.lastIndexOf("/") + 1),
    urls: mirrors.map((mirror) => `${mirror}/${path}`),
    sha256: network.sha256,
    bytes: network.bytes,
  }),
}));
