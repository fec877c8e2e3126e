/** The tfjs library, passed as a value: each backend has its own instance, so no module imports it at run time. */
export type TensorFlow = typeof import("@tensorflow/tfjs-core");
