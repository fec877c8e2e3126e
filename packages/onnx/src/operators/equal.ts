/** Equal: a truth value. */

import { inferBroadcast } from "../shapes/broadcasting.ts";
import type { OperatorRule } from "./operatorRule.ts";

export const equalRule: OperatorRule = { operator: "Equal", infer: inferBroadcast, outputType: () => "bool" };
