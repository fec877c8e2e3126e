/**
 * A normalised graph computes in 32-bit floats, so a cast to floats of 16 or 64 bits becomes a cast to those. Casts to types that no
 * tensor has here (floats of eight bits or fewer, strings, uint64) are refused.
 */
import { int } from "../graphBuilder.ts";
import { intOr } from "../nodes/attributeValues.ts";
import { refuse } from "../nodes/refuse.ts";
import { ElementType, OtherElementType } from "../proto/fieldNumbers.ts";
import { changed, type Upgrade } from "./upgrade.ts";

const { float32, float16, float64, ...others } = ElementType;
const floats: ReadonlySet<number> = new Set([float32, float16, float64, OtherElementType.bfloat16]);
const inSteps: ReadonlySet<number> = new Set(Object.values(others));

export const castToFloat: Upgrade = {
  operators: ["Cast"],
  apply({ node }) {
    const to = intOr(node, "to", float32);
    if (!floats.has(to) && !inSteps.has(to)) refuse(node, `casts to the element type ${to}, which is not supported`);
    return [changed(node, { drop: ["saturate", "round_mode"], set: { to: int(floats.has(to) ? float32 : to) } })];
  },
};
