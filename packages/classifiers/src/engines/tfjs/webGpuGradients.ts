/**
 * If several values of a pooling window are equal to its maximum, tfjs's WebGPU backend assigns the gradient to the last, every other
 * engine to the first. This patches the shader of its kernel to keep the first maximum.
 */
import type { TensorFlow } from "./tensorFlow.ts";

interface WebGpuProgram {
  shaderKey: string;
  getUserCode(): string;
}

/** The methods of the backend that the kernel calls. */
interface WebGpuBackend {
  runWebGPUProgram(program: WebGpuProgram, ...rest: unknown[]): unknown;
  disposeData(dataId: object): unknown;
}

const lastWins = "value >= currMaxValue";
const firstWins = "maxValueFound == 0.0 || value > maxValue";

export function overrideWebGpuGradients(tf: TensorFlow): void {
  const name = { kernelName: tf.MaxPoolGrad, backendName: "webgpu" };
  const own = tf.getKernel(name.kernelName, name.backendName);
  tf.unregisterKernel(name.kernelName, name.backendName);
  tf.registerKernel({
    ...name,
    kernelFunc: ({ backend: original, ...rest }) => {
      const backend = original as unknown as WebGpuBackend;
      const patched: WebGpuBackend = {
        runWebGPUProgram: (program, ...rest) => backend.runWebGPUProgram(keepFirst(program), ...rest),
        disposeData: (dataId) => backend.disposeData(dataId),
      };
      return own.kernelFunc({ ...rest, backend: patched });
    },
  });
}

/** Patches the program that finds maxima, which is identified by its key. */
function keepFirst(program: WebGpuProgram): WebGpuProgram {
  if (!program.shaderKey.startsWith("pool2D_max_true")) return program;
  const code = program.getUserCode();
  if (!code.includes(lastWins)) throw new Error("The max-pooling shader of this version of tfjs-backend-webgpu is unknown");
  program.shaderKey += "_first";
  program.getUserCode = () => code.replace(lastWins, firstWins);
  return program;
}
