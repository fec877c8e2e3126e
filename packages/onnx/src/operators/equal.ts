/** Equal: a truth value. */
import type { OperatorRule } from "./operatorRule.ts";
import { inferBroadcast } from "./sumToShape.ts";

export const equalRule: OperatorRule = { operator: "Equal", infer: inferBroadcast, outputType: () => "bool" };
