/** Says which ascents and attacks there are. */
import type { Actor } from "@pareidolia/core/actor";
import type { RunKind } from "@pareidolia/core/runKind";
import { policy } from "../policy/policy.ts";
import { type Method, methodsOf } from "./methods.ts";

const ofTheProduct = { workspaceId: null };

export class MethodService {
  list(actor: Actor, kind: RunKind): readonly Method[] {
    policy.require(actor, "encoding:read", ofTheProduct);
    return methodsOf(kind);
  }
}
