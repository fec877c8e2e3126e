/**
 * Activations fused into an operator, and those implied only by the quantised range of its output. Converters drop a ReLU or ReLU6 that
 * the output range enforces anyway (stored numbers stop at the zero point); in float32 it would be lost. Other range limits only come
 * from calibration; they are not part of the network and are ignored.
 */
import { type Activation, activate } from "../channelsLast/activations.ts";
import { unsupported, type Value } from "../channelsLast/channelsLastNetwork.ts";
import type { OperatorContext } from "./importOperator.ts";
import type { TfliteTensor } from "./readTflite.ts";

const kinds: Readonly<Record<number, Activation>> = { 0: "none", 1: "relu", 2: "relu-1-1", 3: "relu6", 4: "tanh" };
const storedRanges: Readonly<Record<string, readonly [number, number]>> = { uint8: [0, 255], int8: [-128, 127] };

/** Adds the activation after a linear operator. `linear` adds the operator itself under the given name. */
export function withFusedActivation(context: OperatorContext, slot: number, linear: (name: string) => Value): Value {
  const code = context.options?.int8(slot) ?? 0;
  const fused = kinds[code];
  if (fused === undefined) throw unsupported(`${context.name} has the unknown fused activation ${code}`);
  const kind = fused === "none" ? impliedActivation(context.output) : fused;
  return kind === "none" ? linear(context.name) : activate(context.network, kind, context.name, linear(`${context.name}.linear`));
}

function impliedActivation({ type, quantisation }: TfliteTensor): Activation {
  const range = storedRanges[type];
  if (range === undefined || quantisation === null || quantisation.scales.length !== 1) return "none";
  const [lowest, highest] = range;
  const [scale = 0, zeroPoint = 0] = [quantisation.scales[0], quantisation.zeroPoints[0]];
  if (zeroPoint !== lowest) return "none";
  return Math.abs((highest - lowest) * scale - 6) < scale ? "relu6" : "relu";
}
