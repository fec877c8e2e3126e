/** Removes one guard at a time from the running server, and notes which guards a cell of the matrix passes. */

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Action, scopeOf } from "@pareidolia/api/policy/actions";
import { type policy as Policy, policy } from "@pareidolia/api/policy/policy";
import { type Actor, type KeyScope, keyScopes } from "@pareidolia/core/actor";
import { openExperimentScope, openReach, openScope } from "@pareidolia/persistence/scope/openScope";
import type { Cell } from "../matrix/matrix.ts";
import { findGuards } from "./instrumentGuards.ts";

type Guards = typeof Policy;

declare global {
  // oxlint-disable-next-line no-var -- the instrumented sources call it
  var guardSwitch: (name: string, real: Guards) => Guards;
}

/** What a call of the policy does when it is removed. */
export interface Removal {
  readonly name: string;
  /** The call that is removed, which only cells that pass it can notice; null for a guard that is no call. */
  readonly call: string | null;
  /** Whether a cell could show more than it should without the guard. */
  concerns(cell: Cell): boolean;
  apply(): () => void;
}

/** Who is not signed in gets as far as a guard only where something is shared; elsewhere, no root field admits them. */
export function reachesGuards({ person }: Cell): boolean {
  return person.role !== null || person.userId !== null || person.visiting !== undefined;
}

function isRefused(cell: Cell): boolean {
  return cell.expected === "denied" && reachesGuards(cell);
}

/** Lets everything pass. */
const permissive: Guards = {
  grants: () => true,
  allows: () => true,
  require: () => undefined,
  requireInWorkspace: () => undefined,
  requireOwn: () => undefined,
  requireMember: () => undefined,
  requireSignedIn: () => undefined,
  admit: () => undefined,
  grantsVisitors: () => true,
  isOwn: () => true,
  scope: ({ workspaceId }) => openScope(workspaceId ?? ""),
  scopeWithin: (_actor, _action, { experimentId }) => openExperimentScope(experimentId),
  reach: ({ workspaceId }) => openReach({ workspaceId, linkedExperimentId: null }),
  only: (_actor, _action, rows) => [...rows],
};

const passed = new Set<string>();
const replaced = new Map<string, Guards>();

globalThis.guardSwitch = (name, real) => {
  passed.add(name);
  return replaced.get(name) ?? real;
};

/** The guards that were passed since the last call. */
export function takePassed(): readonly string[] {
  const names = [...passed];
  passed.clear();
  return names;
}

function replacing(name: string, substitute: Guards): Removal["apply"] {
  return () => {
    replaced.set(name, substitute);
    return () => replaced.delete(name);
  };
}

const sources = path.resolve(import.meta.dirname, "../../apps/api/src");

/** All calls of the policy in the services. `otherWorkspace` is where a list looks whose scope is removed. */
export function callRemovals(otherWorkspace: (actor: Actor) => string): Removal[] {
  const files = readdirSync(sources, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !file.startsWith(`policy${path.sep}`),
  );
  const guards = files.flatMap((file) => findGuards(path.join(sources, file), readFileSync(path.join(sources, file), "utf8")));
  return guards.flatMap(({ name, method }) => {
    const removed: Removal = { name, call: name, concerns: isRefused, apply: replacing(name, permissive) };
    if (method !== "scope") return [removed];
    const elsewhere = { ...policy, scope: (actor: Actor) => openScope(otherWorkspace(actor)) };
    return [
      { ...removed, name: `${name}: the role` },
      { name: `${name}: the workspace`, call: name, concerns: reachesGuards, apply: replacing(name, elsewhere) },
    ];
  });
}

/** Replaces `policy.grants`, through which every check of a role and scope goes. */
function granting(more: (actor: Actor, action: Action) => boolean): Removal["apply"] {
  return () => {
    const { grants } = policy;
    const requireInWorkspace: Guards["requireInWorkspace"] = policy.requireInWorkspace;
    policy.grants = (actor, action) => more(actor, action) || grants(actor, action);
    policy.requireInWorkspace = (actor, action) => {
      if (!more(actor, action)) requireInWorkspace(actor, action);
    };
    return () => {
      policy.grants = grants;
      policy.requireInWorkspace = requireInWorkspace;
    };
  };
}

export function actionRemovals(actions: readonly Action[]): Removal[] {
  return actions.map((action) => ({
    name: `the declared action ${action}`,
    call: null,
    concerns: (cell) => isRefused(cell) && cell.place === "own" && cell.row.actions.includes(action),
    apply: granting((_actor, each) => each === action),
  }));
}

/** A scope that every key has. */
export function scopeRemovals(): Removal[] {
  const gained = (scope: KeyScope) =>
    granting(({ key, ...actor }, action) => key !== undefined && scopeOf(action) === scope && policyOfRole(actor, action));
  return keyScopes.map((scope) => ({
    name: `the scope ${scope} of API keys`,
    call: null,
    concerns: (cell) => isRefused(cell) && cell.place === "own" && cell.person.scopes !== null,
    apply: gained(scope),
  }));
}

const realGrants = policy.grants.bind(policy);
/** Whether the role alone, without a key, permits the action. */
function policyOfRole(actor: Actor, action: Action): boolean {
  return realGrants(actor, action);
}
