/** Equal: a boolean without a gradient. */
import type { OperatorRule } from "./operatorRule.ts";
import { inferBroadcast } from "./sumToShape.ts";

export const equalRule: OperatorRule = { operator: "Equal", infer: inferBroadcast, outputType: () => "bool" };
