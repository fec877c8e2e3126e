/**
 * A normalised graph computes in 32-bit floats: a cast to others of 16 or 64 bits becomes one to those. Floats of eight
 * bits would be other numbers, and words are none: they are refused.
 */
import { int } from "../graphBuilder.ts";
import { intOr } from "../operators/attributeValues.ts";
import { refuse } from "../operators/refuse.ts";
import { ElementType, OtherElementType } from "../proto/fieldNumbers.ts";
import { changed, type Upgrade } from "./upgrade.ts";

const { float32, float16, float64, ...others } = ElementType;
const floats: ReadonlySet<number> = new Set([float32, float16, float64, OtherElementType.bfloat16]);
const inSteps: ReadonlySet<number> = new Set([...Object.values(others), OtherElementType.uint64]);

export const castToFloat: Upgrade = {
  operators: ["Cast"],
  apply({ node }) {
    const to = intOr(node, "to", float32);
    if (!floats.has(to) && !inSteps.has(to)) refuse(node, `casts to the element type ${to}, which is not supported`);
    return [changed(node, { drop: ["saturate", "round_mode"], set: { to: int(floats.has(to) ? float32 : to) } })];
  },
};
