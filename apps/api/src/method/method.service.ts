/** Lists the methods of a kind of run. */
import type { Actor } from "@pareidolia/core/actor";
import type { RunKind } from "@pareidolia/core/runKinds/registry";
import { policy } from "../policy/policy.ts";
import { productResource } from "../policy/resource.ts";
import { type Method, methodsOf } from "./methods.ts";

export class MethodService {
  list(actor: Actor, kind: RunKind): readonly Method[] {
    policy.require(actor, "encoding:read", productResource);
    return methodsOf(kind);
  }
}
