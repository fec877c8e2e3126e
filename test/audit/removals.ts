/** Every guard that the audit removes: the calls of the policy in the API's sources, the declared actions, and the scopes of API keys. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Action, scopeOf } from "@pareidolia/api/policy/actions";
import { policy } from "@pareidolia/api/policy/policy";
import { type Actor, type KeyScope, keyScopes } from "@pareidolia/core/actor";
import { openReach, openScope } from "@pareidolia/persistence/server/scope/openScope";
import type { Cell } from "../matrix/cells.ts";
import { type Guards, permissive } from "./guardSwitch.ts";
import { findGuards, isGuarded, sources } from "./instrumentGuards.ts";

/** A call of the policy, or half of what it decides. */
export interface CallRemoval {
  readonly name: string;
  /** As in the sources, such as "run/run.service.ts:51 policy.only(run:read)". */
  readonly call: string;
  /** The guards that replace it when it is removed. */
  readonly substitute: Guards;
}

/** A call that opens a scope decides who may read and where: each half is removed separately. */
function halvesOf(method: string, { elsewhere, sharedExperimentId }: Outside): Readonly<Record<string, Guards>> {
  switch (method) {
    case "scope":
      return {
        "the role": { ...permissive, scope: ({ workspaceId }) => openScope(workspaceId ?? "") },
        "the workspace": {
          ...policy,
          scope(actor, action) {
            policy.scope(actor, action);
            return openScope(elsewhere(actor));
          },
        },
      };
    case "reach":
      return {
        "the permission": {
          ...permissive,
          reach: ({ workspaceId, shareLink }) => openReach({ workspaceId, linkedExperimentId: shareLink?.experimentId ?? null }),
        },
        "the rows": {
          ...policy,
          reach(actor, action) {
            policy.reach(actor, action);
            return openReach({ workspaceId: elsewhere(actor), linkedExperimentId: sharedExperimentId });
          },
        },
      };
    default:
      // It only permits.
      return { "": permissive };
  }
}

/** The rows that a scope shows once it is no longer limited to those that the actor may read. */
interface Outside {
  readonly elsewhere: (actor: Actor) => string;
  readonly sharedExperimentId: string;
}

export function callRemovals(outside: Outside): CallRemoval[] {
  const files = readdirSync(sources, { recursive: true, encoding: "utf8" }).map((file) => path.join(sources, file));
  const guards = files.filter(isGuarded).flatMap((file) => findGuards(file, readFileSync(file, "utf8")));
  return guards.flatMap(({ name, method, isStatement }) =>
    Object.entries(halvesOf(isStatement ? "" : method, outside)).map(([half, substitute]) => ({
      name: half === "" ? name : `${name}: ${half}`,
      call: name,
      substitute,
    })),
  );
}

/** The actions that one declaration, or one scope of API keys, guards. */
export interface Declared {
  readonly name: string;
  guards(action: Action): boolean;
  /** Whether a cell could show more than it should without it. */
  concerns(cell: Cell): boolean;
}

export function declaredActions(actions: readonly Action[]): Declared[] {
  return actions.map((action) => ({
    name: `the declared action ${action}`,
    guards: (each) => each === action,
    concerns: ({ row }) => row.actions.includes(action),
  }));
}

/** The scopes that an action needs. */
export function keyScopesOf(actions: readonly Action[]): Declared[] {
  return keyScopes.flatMap((scope: KeyScope) => {
    const guarded = actions.filter((action) => scopeOf(action) === scope);
    if (guarded.length === 0) return [];
    return [
      {
        name: `the scope ${scope} of API keys`,
        guards: (each: Action) => guarded.includes(each),
        // The owner's role permits everything, so only the scope can refuse.
        concerns: ({ person }: Cell) => person.role === "OWNER" && person.scopes !== null && !person.scopes.includes(scope),
      },
    ];
  });
}

/** The policy for some actions; everything else passes. */
export function onlyFor(guards: Declared["guards"]): Guards {
  const of = (action: string | undefined): Guards => (action !== undefined && guards(action as Action) ? policy : permissive);
  return {
    ...permissive,
    grants: (actor, action) => of(action).grants(actor, action),
    roleGrants: (actor, action) => of(action).roleGrants(actor, action),
    grantsVisitors: (actor, action) => of(action).grantsVisitors(actor, action),
    allows: (actor, action, resource) => of(action).allows(actor, action, resource),
    admit: (actor, guard) => of(guard).admit(actor, guard),
    require: (actor, action, resource) => callOf(of(action)).require(actor, action, resource),
    requireOwn: (actor, action, resource) => callOf(of(action)).requireOwn(actor, action, resource),
    requireInWorkspace: (actor, action) => callOf(of(action)).requireInWorkspace(actor, action),
    requireSignedIn: (actor, action) => callOf(of(action)).requireSignedIn(actor, action),
    scope: (actor, action) => of(action).scope(actor, action),
    scopeWithin: (actor, action, resource) => of(action).scopeWithin(actor, action, resource),
    reach: (actor, action) => of(action).reach(actor, action),
    only: (actor, action, rows) => of(action).only(actor, action, rows),
  };
}

/** The same functions, which do not narrow types here. */
function callOf(guards: Guards): { readonly [Name in keyof Guards]: (...given: Parameters<Guards[Name]>) => ReturnType<Guards[Name]> } {
  return guards as never;
}
