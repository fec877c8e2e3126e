/** Replaces guards of the running server, one or all at a time, and notes which ones a request passes. */
import type { policy as Policy } from "@pareidolia/api/policy/policy";
import type { Actor } from "@pareidolia/core/actor";
import { openExperimentScope, openReach, openScope } from "@pareidolia/persistence/server/scope/openScope";

export type Guards = typeof Policy;

declare global {
  // oxlint-disable-next-line no-var -- the instrumented sources call it
  var guardSwitch: (name: string, real: Guards) => Guards;
}

/** The workspace that every scope shows while all guards are removed; null for the actor's own. */
let opened: string | null = null;

function workspaceOf({ workspaceId }: Actor): string {
  return opened ?? workspaceId ?? "";
}

/** Lets everything pass. */
export const permissive: Guards = {
  grants: () => true,
  roleGrants: () => true,
  allows: () => true,
  require: () => undefined,
  requireInWorkspace: () => undefined,
  requireOwn: () => undefined,
  requireMember: () => undefined,
  requireSignedIn: () => undefined,
  requireSession: () => undefined,
  admit: () => undefined,
  grantsVisitors: () => true,
  isOwn: () => true,
  scope: (actor) => openScope(workspaceOf(actor)),
  scopeWithin: (_actor, _action, { experimentId }) => openExperimentScope(experimentId),
  reach: (actor) => openReach({ workspaceId: workspaceOf(actor), linkedExperimentId: null }),
  only: (_actor, _action, rows) => [...rows],
};

/** The decisions that replace the policy's: for one guard, and for all others. */
export interface Arrangement {
  readonly one?: { readonly name: string; readonly guard: Guards };
  /** Null for the policy. */
  readonly others: Guards | null;
}

const asInProduction: Arrangement = { others: null };

let arrangement = asInProduction;
const passed = new Set<string>();

globalThis.guardSwitch = (name, real) => {
  passed.add(name);
  const { one, others } = arrangement;
  return one?.name === name ? one.guard : (others ?? real);
};

/** Runs `work` with other guards. Names the workspace that removed scopes show, and returns the guards that were passed, too. */
export async function arranged<Result>(
  using: Arrangement,
  shown: string | null,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly passed: readonly string[] }> {
  arrangement = using;
  opened = shown;
  passed.clear();
  try {
    const result = await work();
    return { result, passed: [...passed] };
  } finally {
    arrangement = asInProduction;
    opened = null;
  }
}
