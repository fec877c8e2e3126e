/**
 * A normalised graph computes in 32-bit floats: a cast to others of 16 or 64 bits becomes one to those. Floats of eight
 * bits would be other numbers, and words are none: they are refused.
 */
import { int } from "../graphBuilder.ts";
import { intOr } from "../operators/attributeValues.ts";
import { refuse } from "../operators/refuse.ts";
import { ElementType } from "../proto/fieldNumbers.ts";
import { changed, type Upgrade } from "./upgrade.ts";

const { float32, float16, float64, bool } = ElementType;
/** Of onnx.proto3; no tensor is stored so. */
const unstored = { uint64: 13, bfloat16: 16 } as const;
const floats: ReadonlySet<number> = new Set([float32, float16, float64, unstored.bfloat16]);
const { int8, int16, int32, int64, uint8, uint16, uint32 } = ElementType;
const others: ReadonlySet<number> = new Set([bool, int8, int16, int32, int64, uint8, uint16, uint32, unstored.uint64]);

export const castToFloat: Upgrade = {
  operators: ["Cast"],
  apply({ node }) {
    const to = intOr(node, "to", float32);
    if (!floats.has(to) && !others.has(to)) refuse(node, `casts to the element type ${to}, which is not supported`);
    return [changed(node, { drop: ["saturate"], set: { to: int(floats.has(to) ? float32 : to) } })];
  },
};
