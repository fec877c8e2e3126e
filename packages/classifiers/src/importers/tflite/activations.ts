/**
 * The activation that is fused into an operator, and the one that only a quantised range tells: converters drop a ReLU or ReLU6
 * whose effect the output's range has anyway (stored numbers stop at the zero point), and without the numbers it would be lost.
 * Other ends of a range are where calibration stopped; they are not part of the network and gate nothing here.
 */
import { type Activation, activate } from "../channelsLast/activations.ts";
import { unsupported, type Value } from "../channelsLast/channelsLastNetwork.ts";
import type { OperatorPlace } from "./importOperator.ts";
import type { TfliteTensor } from "./readTflite.ts";

const kinds: Readonly<Record<number, Activation>> = { 0: "none", 1: "relu", 2: "relu-1-1", 3: "relu6", 4: "tanh" };
const storedRanges: Readonly<Record<string, readonly [number, number]>> = { uint8: [0, 255], int8: [-128, 127] };

/** Adds what comes after a linear operator: `linear` is called with the name that its own result shall have. */
export function withFusedActivation(place: OperatorPlace, slot: number, linear: (name: string) => Value): Value {
  const code = place.options?.int8(slot) ?? 0;
  const fused = kinds[code];
  if (fused === undefined) throw unsupported(`${place.name} has the unknown fused activation ${code}`);
  const kind = fused === "none" ? impliedActivation(place.output) : fused;
  return kind === "none" ? linear(place.name) : activate(place.network, kind, place.name, linear(`${place.name}.linear`));
}

function impliedActivation({ type, quantisation }: TfliteTensor): Activation {
  const range = storedRanges[type];
  if (range === undefined || quantisation === null || quantisation.scales.length !== 1) return "none";
  const [lowest, highest] = range;
  const [scale = 0, zeroPoint = 0] = [quantisation.scales[0], quantisation.zeroPoints[0]];
  if (zeroPoint !== lowest) return "none";
  return Math.abs((highest - lowest) * scale - 6) < scale ? "relu6" : "relu";
}
