/** Equal: it has no gradient. */
import type { OperatorRule } from "./operatorRule.ts";
import { inferBroadcast } from "./sumToShape.ts";

export const equalRule: OperatorRule = { operator: "Equal", infer: inferBroadcast };
