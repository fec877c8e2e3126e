/**
 * Where several values of a pooling window are its maximum, tfjs's WebGPU backend gives the gradient to the last of them, every other
 * engine to the first. Its own kernel serves once the shader that looks for the maximum keeps what it has found.
 */
import type { TensorFlow } from "./tensorFlow.ts";

interface WebGpuProgram {
  shaderKey: string;
  getUserCode(): string;
}

/** The part of the backend that the kernel calls. */
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
    kernelFunc: ({ backend: given, ...asked }) => {
      const backend = given as unknown as WebGpuBackend;
      const patient: WebGpuBackend = {
        runWebGPUProgram: (program, ...rest) => backend.runWebGPUProgram(keepFirst(program), ...rest),
        disposeData: (dataId) => backend.disposeData(dataId),
      };
      return own.kernelFunc({ ...asked, backend: patient });
    },
  });
}

/** The program that looks for maxima is told apart by its key; others pass. */
function keepFirst(program: WebGpuProgram): WebGpuProgram {
  if (!program.shaderKey.startsWith("pool2D_max_true")) return program;
  const code = program.getUserCode();
  if (!code.includes(lastWins)) throw new Error("This version of tfjs-backend-webgpu looks for maxima in another way");
  program.shaderKey += "_first";
  program.getUserCode = () => code.replace(lastWins, firstWins);
  return program;
}
