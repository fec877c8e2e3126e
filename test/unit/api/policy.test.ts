import "@pareidolia/api/assembly/modules";
import { type Action, scopeOf } from "@pareidolia/api/policy/actions";
import { listActions, policy, rolesOf } from "@pareidolia/api/policy/policy";
import { type KeyScope, keyScopes, type Role, roles } from "@pareidolia/core/actor";
import { openScope } from "@pareidolia/persistence/scope/openScope";
import { describe, expect, it } from "vitest";

const actor = (role: Role) => ({ userId: "u", workspaceId: "w", role });
const own = { workspaceId: "w", createdById: "someone" };
const forbidden = expect.objectContaining({ code: "FORBIDDEN" });

/** What concerns only the member who does it. */
const ofOneself: ReadonlySet<Action> = new Set<Action>(["apiKey:create", "apiKey:revoke", "member:leave"]);
const forOwners: ReadonlySet<Action> = new Set<Action>([
  "apiKey:allowMembers",
  "apiKey:manage",
  "email:read",
  "email:sendAgain",
  "auditEntry:read",
  "invitation:create",
  "invitation:read",
  "invitation:revoke",
  "member:changeRole",
  "member:inspect",
  "member:remove",
  "member:restore",
  "member:suspend",
  "member:undoRemove",
]);
const forEveryone = (action: Action): boolean => ofOneself.has(action) || (action.endsWith(":read") && !forOwners.has(action));

describe("the policy", () => {
  it("lets owners do everything, researchers everything but manage the workspace, and the others only read", () => {
    for (const action of listActions())
      for (const role of roles) {
        const expected = role === "OWNER" || (role === "RESEARCHER" ? !forOwners.has(action) : forEveryone(action));
        expect(policy.allows(actor(role), action, own), `${role} ${action}`).toBe(expected);
        expect(rolesOf(action).includes(role), `${role} ${action}`).toBe(expected);
      }
  });

  it("hides another workspace's resources, and lets no role change the product's", () => {
    for (const action of listActions()) {
      expect(() => policy.require(actor("OWNER"), action, { ...own, workspaceId: "other" })).toThrow(
        expect.objectContaining({ code: "NOT_FOUND" }),
      );
      expect(policy.allows(actor("OWNER"), action, { workspaceId: null, createdById: null })).toBe(action.endsWith(":read"));
    }
    expect(() => policy.require(actor("VIEWER"), "run:start", own)).toThrow(forbidden);
    expect(() => policy.requireInWorkspace(actor("VIEWER"), "run:start")).toThrow(forbidden);
  });

  it("opens the actor's own workspace for lists, if the role may read them", () => {
    expect(policy.scope(actor("VIEWER"), "run:read")).toEqual(openScope("w"));
    expect(() => policy.scope(actor("VIEWER"), "run:start")).toThrow(forbidden);
  });

  it("turns rows of other workspaces into null", () => {
    const other = { ...own, workspaceId: "other" };
    expect(policy.only(actor("VIEWER"), "run:read", [own, null, other])).toEqual([own, null, null]);
  });

  it("grants an API key the actions of its scopes, within its user's role", () => {
    const withKey = (role: Role, ...scopes: KeyScope[]) => ({ ...actor(role), key: { id: "key", scopes } });
    for (const action of listActions()) {
      const scope = scopeOf(action);
      expect(policy.grants(withKey("OWNER", ...keyScopes), action), action).toBe(scope !== null);
      // A key that may change things reads them too.
      const others = keyScopes.filter((other) => other !== scope && !(scope === "READ" && other === "RUN"));
      expect(policy.grants(withKey("OWNER", ...others), action), action).toBe(false);
      if (scope === "READ") expect(policy.grants(withKey("OWNER", "RUN"), action), action).toBe(true);
      expect(policy.grants(withKey("VIEWER", ...keyScopes), action), action).toBe(scope !== null && forEveryone(action));
    }
    expect(scopeOf("apiKey:create")).toBeNull();
  });

  it("does not compile for a resource without its owner", () => {
    const check = (action: Action) =>
      // @ts-expect-error a resource carries its owner as well as its workspace
      policy.allows(actor("OWNER"), action, { workspaceId: "w" });
    expect(check("run:read")).toBe(true);
  });
});
