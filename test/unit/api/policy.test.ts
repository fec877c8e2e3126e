import "@pareidolia/api/assembly/modules";
import { type Action, scopeOf } from "@pareidolia/api/policy/actions";
import { listActions, policy, rolesOf } from "@pareidolia/api/policy/policy";
import { everySender, signedIn } from "@pareidolia/api/policy/requires";
import { type Actor, type KeyScope, keyScopes, type MemberActor, type Role, roles, standings } from "@pareidolia/core/actor";
import type { AppError } from "@pareidolia/core/appError";
import type { Visibility } from "@pareidolia/core/visibility";
import { openExperimentScope, openScope } from "@pareidolia/persistence/server/scope/openScope";
import { describe, expect, it } from "vitest";

const actor = (role: Role): MemberActor => ({ userId: "u", workspaceId: "w", role });
const guest: Actor = { userId: "u", workspaceId: null, role: "GUEST" };
const visitor: Actor = { userId: null, workspaceId: null, role: "VISITOR" };
const own = { workspaceId: "w", createdById: "someone", experimentId: "e", visibility: "PRIVATE" } as const;
const forbidden = expect.objectContaining({ code: "FORBIDDEN" });

/** What concerns only the member who does it. */
const ofOneself: ReadonlySet<Action> = new Set<Action>([
  "apiKey:create",
  "apiKey:revoke",
  "member:leave",
  "notification:choose",
  "notification:mark",
  "pin:set",
  "invitation:receive",
  "session:revoke",
  "view:choose",
  "webhook:change",
  "webhook:create",
  "webhook:delete",
  "webhook:replay",
  "webhook:rotate",
  "webhook:test",
  "workspace:create",
  "workspace:restore",
  "workspace:switch",
]);
/** What labellers may do, and viewers may not. */
const forLabellers: ReadonlySet<Action> = new Set<Action>([
  "vote:cast",
  "normingRoom:takePart",
  "normingRoom:vote",
  "normingRoom:undoVote",
  "normingRoom:reveal",
  "normingRoom:comment",
  "normingRoom:decide",
]);
/** What every sender may do with what is shared. */
const forVisitors: readonly Action[] = [
  "chain:read",
  "elite:read",
  "experiment:read",
  "genome:read",
  "image:read",
  "model:read",
  "perturbation:read",
  "run:read",
  "score:read",
  "trajectory:read",
  "vote:cast",
];
const forAccounts: readonly Action[] = [
  "invitation:receive",
  "session:read",
  "session:revoke",
  "viewer:read",
  "workspace:create",
  "workspace:restore",
  "workspace:switch",
];
const forOwners: ReadonlySet<Action> = new Set<Action>([
  "apiKey:allowMembers",
  "apiKey:manage",
  "comment:moderate",
  "view:moderate",
  "experiment:share",
  "email:read",
  "email:sendAgain",
  "auditEntry:read",
  "retentionRule:read",
  "retentionRule:create",
  "retentionRule:change",
  "retentionRule:delete",
  "invitation:create",
  "invitation:read",
  "invitation:revoke",
  "member:changeRole",
  "member:inspect",
  "member:remove",
  "member:restore",
  "member:suspend",
  "study:managePlaces",
  "webhook:manage",
  "workspace:delete",
  "workspace:rename",
  "workspace:transfer",
  "member:undoRemove",
]);
/** Labellers and viewers do not see what others threw away. */
const forWriters: ReadonlySet<Action> = new Set<Action>(["trash:read"]);
const forEveryone = (action: Action): boolean =>
  ofOneself.has(action) || (action.endsWith(":read") && !forOwners.has(action) && !forWriters.has(action));

function codeOf(act: () => void): string | null {
  try {
    act();
    return null;
  } catch (error) {
    return (error as AppError).code;
  }
}

describe("the policy", () => {
  it("lets owners do everything, researchers everything but manage the workspace, labellers read and vote, and viewers only read", () => {
    for (const action of listActions())
      for (const role of roles) {
        const expected =
          role === "OWNER" ||
          (role === "RESEARCHER" ? !forOwners.has(action) : forEveryone(action) || (role === "LABELLER" && forLabellers.has(action)));
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

  it("leaves users without a workspace what concerns their account, and refuses visitors and them with different errors", () => {
    for (const action of listActions()) {
      expect(policy.grants(guest, action), action).toBe(forAccounts.includes(action));
      expect(policy.grants(visitor, action), action).toBe(forVisitors.includes(action));
      expect(() => policy.requireInWorkspace(guest, action)).toThrow(expect.objectContaining({ code: "NO_WORKSPACE" }));
      expect(() => policy.requireInWorkspace(visitor, action)).toThrow(expect.objectContaining({ code: "UNAUTHENTICATED" }));
      expect(() => policy.require(guest, action, own)).toThrow(expect.objectContaining({ code: "NOT_FOUND" }));
    }
    expect(standings.filter((standing) => !roles.some((role) => role === standing))).toEqual([guest.role, visitor.role]);
  });

  it("admits visitors only to root fields whose action is open to them, and none to a field without an action", () => {
    for (const guard of [...listActions(), signedIn, undefined] as const) {
      const open = guard !== undefined && guard !== signedIn && forVisitors.includes(guard);
      const code = open ? null : "UNAUTHENTICATED";
      expect(
        codeOf(() => policy.admit(visitor, guard)),
        guard,
      ).toBe(code);
      const openToGuests = open || guard === signedIn || forAccounts.some((action) => action === guard);
      expect(
        codeOf(() => policy.admit(guest, guard)),
        guard,
      ).toBe(openToGuests ? null : "NO_WORKSPACE");
      expect(
        codeOf(() => policy.admit(actor("VIEWER"), guard)),
        guard,
      ).toBeNull();
    }
    expect(codeOf(() => policy.admit(visitor, everySender))).toBeNull();
  });

  it("opens the actor's own workspace for lists, if the role may read them", () => {
    expect(policy.scope(actor("VIEWER"), "run:read")).toEqual(openScope("w"));
    expect(() => policy.scope(actor("VIEWER"), "run:start")).toThrow(forbidden);
  });

  it("lets viewers do what visitors may with a shared resource of their own workspace", () => {
    const shared = { ...own, visibility: "PUBLIC" } as const;
    expect(policy.allows(actor("VIEWER"), "vote:cast", own)).toBe(false);
    expect(policy.allows(actor("VIEWER"), "vote:cast", shared)).toBe(true);
    expect(policy.allows(actor("VIEWER"), "study:open", shared)).toBe(false);
    expect(policy.allows({ ...actor("VIEWER"), key: { id: "k", scopes: ["READ"] } }, "vote:cast", shared)).toBe(false);
  });

  it("lets every sender do with a shared resource what visitors may do, and no more", () => {
    const at = (visibility: Visibility) => ({ ...own, workspaceId: "other", visibility });
    const shareLink = { experimentId: "e", token: "t" };
    const senders: readonly Actor[] = [visitor, guest, actor("VIEWER"), actor("OWNER")];
    for (const action of listActions())
      for (const sender of senders) {
        const open = forVisitors.includes(action);
        expect(policy.allows(sender, action, at("PRIVATE")), `${sender.role} ${action}`).toBe(false);
        expect(policy.allows({ ...sender, shareLink }, action, at("PRIVATE")), `${sender.role} ${action}`).toBe(false);
        expect(policy.allows(sender, action, at("PUBLIC")), `${sender.role} ${action}`).toBe(open);
        expect(policy.allows(sender, action, at("UNLISTED")), `${sender.role} ${action}`).toBe(false);
        expect(policy.allows({ ...sender, shareLink }, action, at("UNLISTED")), `${sender.role} ${action}`).toBe(open);
        expect(policy.allows({ ...sender, shareLink }, action, { ...at("UNLISTED"), experimentId: "another" })).toBe(false);
      }
    const refused = (sender: Actor) => codeOf(() => policy.require(sender, "run:pause", at("PUBLIC")));
    expect(senders.map(refused)).toEqual(["UNAUTHENTICATED", "FORBIDDEN", "FORBIDDEN", "FORBIDDEN"]);
    expect(codeOf(() => policy.requireOwn(actor("OWNER"), "run:read", at("PUBLIC")))).toBe("FORBIDDEN");
    expect(codeOf(() => policy.requireOwn(actor("VIEWER"), "run:read", own))).toBeNull();
  });

  it("opens one experiment for the lists within a shared resource", () => {
    const shared = { ...own, workspaceId: "other", visibility: "PUBLIC" } as const;
    expect(policy.scopeWithin(actor("VIEWER"), "run:read", own)).toEqual(openScope("w"));
    expect(policy.scopeWithin(actor("VIEWER"), "run:read", shared)).toEqual(openExperimentScope("e"));
    expect(policy.scopeWithin(visitor, "run:read", shared)).toEqual(openExperimentScope("e"));
    expect(() => policy.scope(visitor, "run:read")).toThrow(expect.objectContaining({ code: "UNAUTHENTICATED" }));
    const reach = { workspaceId: null, linkedExperimentId: null };
    expect(policy.reach(visitor, "image:read")).toEqual(reach);
    expect(policy.reach({ ...guest, shareLink: { experimentId: "e", token: "t" } }, "image:read")).toEqual({
      ...reach,
      linkedExperimentId: "e",
    });
    expect(policy.reach(actor("VIEWER"), "image:read")).toEqual({ ...reach, workspaceId: "w" });
  });

  it("opens no public experiment to an API key without the scope to read", () => {
    const key = { ...actor("OWNER"), key: { id: "key", scopes: ["VOTE", "ADMIN"] } } as const;
    expect(policy.allows(key, "run:read", { ...own, workspaceId: "other", visibility: "PUBLIC" })).toBe(false);
    expect(() => policy.reach(key, "image:read")).toThrow(forbidden);
  });

  it("refuses requests without a session what needs one", () => {
    expect(codeOf(() => policy.requireSession(actor("OWNER")))).toBe("FORBIDDEN");
    expect(codeOf(() => policy.requireSession({ ...actor("OWNER"), sessionId: "s" }))).toBeNull();
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
    const checkShared = () =>
      // @ts-expect-error a resource of an experiment carries its visibility
      policy.allows(actor("OWNER"), "run:read", { workspaceId: "w", createdById: "u" });
    expect(checkShared()).toBe(true);
  });
});
