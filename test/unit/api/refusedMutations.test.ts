import { phraseOf } from "@pareidolia/api/policy/actionPhrases";
import type { Action } from "@pareidolia/api/policy/actions";
import { explainRefusal, listActions, policy, rolesOf } from "@pareidolia/api/policy/policy";
import { createSchema } from "@pareidolia/api/schema";
import { ViewerService } from "@pareidolia/api/viewer/viewer.service";
import { type Actor, type MemberActor, type Role, roles } from "@pareidolia/core/actor";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { describe, expect, it } from "vitest";
import { shownActions } from "../../../apps/web/src/features/permissions/actions.ts";

const actor = (role: Role): MemberActor => ({ userId: "u", workspaceId: "w", role });
const service = new ViewerService({} as Database);
const schema = await createSchema();
const refusedTo = (sender: Actor) => new Map(service.listRefusedMutations(sender, schema).map(({ name, message }) => [name, message]));

describe("the refused mutations of a user", () => {
  it("are exactly those whose action the role does not permit", () => {
    for (const role of roles) {
      const refused = refusedTo(actor(role));
      for (const { name, extensions } of Object.values(schema.getMutationType()?.getFields() ?? {}))
        expect(refused.has(name), `${name} for ${role}`).toBe(!rolesOf(extensions["action"] as Action).includes(role));
    }
    expect(refusedTo(actor("OWNER")).size).toBe(0);
    expect(refusedTo(actor("VIEWER")).size).toBeGreaterThan(80);
  });

  it("come with the message of the error that each would answer", () => {
    const viewer = actor("VIEWER");
    const answer = () => policy.requireInWorkspace(viewer, "run:start");
    expect(refusedTo(viewer).get("startEvolution")).toBe("Viewers can't start runs. Ask an owner to change your role.");
    expect(answer).toThrow(refusedTo(viewer).get("startEvolution"));
    expect(refusedTo(actor("RESEARCHER")).get("inviteMember")).toBe("Only owners can invite members. Ask an owner to do it.");
  });

  it("depend on the scopes of an API key, too", () => {
    const refused = refusedTo({ ...actor("OWNER"), key: { id: "k", scopes: ["READ"] } });
    expect(refused.get("startEvolution")).toBe(
      "This API key lacks the scope RUN, without which it can't start runs. Use a key that has it.",
    );
    expect(refused.get("createApiKey")).toBe("No API key may do this. Sign in to create API keys.");
  });
});

describe("the permitted actions of a user", () => {
  it("are exactly those that the role permits, and the scopes of an API key", () => {
    for (const role of roles) {
      const expected = listActions().filter((action) => rolesOf(action).includes(role));
      expect(service.listPermittedActions(actor(role)), role).toEqual(expected.sort());
    }
    const permitted = service.listPermittedActions({ ...actor("OWNER"), key: { id: "k", scopes: ["READ"] } });
    expect(permitted).toContain("run:read");
    expect(permitted).not.toContain("run:start");
    expect(permitted).not.toContain("auditEntry:read");
  });

  it("include all by whose names pages decide what to show", () => {
    expect(listActions()).toEqual(expect.arrayContaining([...shownActions]));
  });
});

it("no message of a refusal contains the name of an action, and each says which action it is", () => {
  expect(new Set(listActions().map(phraseOf)).size).toBe(listActions().length);
  for (const action of listActions()) {
    expect(phraseOf(action), action).toMatch(/^[a-z][\w ,'-]+$/i);
    for (const role of roles) expect(explainRefusal(actor(role), action) ?? "").not.toMatch(/\w:\w/);
    const key = { id: "k", scopes: [] };
    expect(explainRefusal({ ...actor("OWNER"), key }, action)).not.toMatch(/\w:\w/);
  }
});
