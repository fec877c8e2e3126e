/**
 * Casts to 16-bit or 64-bit floats become casts to 32-bit floats, the only floats of a normalised graph. Casts to unsupported types
 * (floats of eight bits or fewer, strings, uint64) are refused.
 */
import { int } from "../graphBuilder.ts";
import { intOr } from "../nodes/attributeValues.ts";
import { refuse } from "../nodes/refuse.ts";
import { ElementType, OtherElementType } from "../proto/fieldNumbers.ts";
import { type Upgrade, updateNode } from "./upgrade.ts";

const { float32, float16, float64, ...others } = ElementType;
const floats: ReadonlySet<number> = new Set([float32, float16, float64, OtherElementType.bfloat16]);
const nonFloats: ReadonlySet<number> = new Set(Object.values(others));

export const castToFloat: Upgrade = {
  operators: ["Cast"],
  apply({ node }) {
    const to = intOr(node, "to", float32);
    if (!floats.has(to) && !nonFloats.has(to)) refuse(node, `casts to the element type ${to}, which is not supported`);
    return [updateNode(node, { drop: ["saturate", "round_mode"], set: { to: int(floats.has(to) ? float32 : to) } })];
  },
};
