/** A normalised graph computes in 32-bit floats: casts to half and double precision become casts to those. */
import { int } from "../graphBuilder.ts";
import { intOr } from "../operators/attributeValues.ts";
import { ElementType } from "../proto/fieldNumbers.ts";
import { changed, type Upgrade } from "./upgrade.ts";

export const castToFloat: Upgrade = {
  operators: ["Cast"],
  apply({ node }) {
    const to = intOr(node, "to", ElementType.float32);
    const narrow = to === ElementType.float16 || to === ElementType.float64;
    return [changed(node, { drop: ["saturate"], set: { to: int(narrow ? ElementType.float32 : to) } })];
  },
};
