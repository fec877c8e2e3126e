/** The tfjs library as a value: each backend brings an instance of its own, so nothing here imports it at run time. */
export type TensorFlow = typeof import("@tensorflow/tfjs-core");
