import { describe, expect, it } from "vitest";
import { listChanges, summariseChange } from "../../../../apps/web/src/features/audit/changes.ts";
import { readAddresses } from "../../../../apps/web/src/features/members/addresses.ts";
import { announceLosses, describeLosses } from "../../../../apps/web/src/features/members/losses.ts";
import { expiresWithin, formatExpiry, formatPastDay } from "../../../../apps/web/src/features/settings/days.ts";
import { tabsFor } from "../../../../apps/web/src/features/settings/settingsTabs.ts";

describe("typed e-mail addresses", () => {
  it("are separated by commas, semicolons, spaces and lines, and each counts once", () => {
    expect(readAddresses("a@lab.example, B@lab.example; c@lab.example\nd@lab.example b@lab.example")).toEqual({
      addresses: ["a@lab.example", "b@lab.example", "c@lab.example", "d@lab.example"],
      others: [],
    });
  });

  it("may have names, as mail programs copy them", () => {
    expect(readAddresses('Ada L. <ada@lab.example>, "Hopper, Grace" <grace@lab.example>')).toEqual({
      addresses: ["ada@lab.example", "grace@lab.example"],
      others: [],
    });
  });

  it("are told from what is none", () => {
    expect(readAddresses("ada, @lab.example, a@b, ada@lab.example").others).toEqual(["ada", "@lab.example", "a@b"]);
    expect(readAddresses(" \n,;")).toEqual({ addresses: [], others: [] });
  });
});

describe("the tabs", () => {
  it("are those whose data the API lets the viewer read, by action rather than by role", () => {
    const namesFor = (...actions: readonly string[]) => tabsFor((action) => actions.includes(action)).map(({ name }) => name);
    expect(namesFor()).toEqual(["General", "Members", "Tags", "Keys", "Notifications", "Webhooks", "Quotas"]);
    expect(namesFor("export:inspect", "auditEntry:read")).toEqual(expect.arrayContaining(["Audit", "Exports"]));
    expect(namesFor("export:inspect", "auditEntry:read")).not.toContain("E-mail");
  });
});

describe("days", () => {
  const now = new Date(2026, 10, 27, 12);
  const inHours = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

  it("in the past are named by the calendar", () => {
    expect([-1, -13, -40, -24 * 400].map((hours) => formatPastDay(inHours(hours), now))).toEqual([
      "today",
      "yesterday",
      "25 Nov",
      "23 Oct 2025",
    ]);
  });

  it("of an expiry are counted up to a month", () => {
    expect([-1, 0.5, 5, 26, 24 * 7, 24 * 100].map((hours) => formatExpiry(inHours(hours), now))).toEqual([
      "expired",
      "in under 1 h",
      "in 5 h",
      "in 1 day",
      "in 7 days",
      "7 Mar 2027",
    ]);
    expect([expiresWithin(7, inHours(24 * 6), now), expiresWithin(7, inHours(24 * 8), now)]).toEqual([true, false]);
  });
});

describe("what a member loses", () => {
  it("is announced before and told after, without what is zero", () => {
    const losses = { sessions: 2, keys: 1, invitations: 0 };
    expect(announceLosses(losses)).toBe("ends 2 sessions, revokes 1 key");
    expect(describeLosses(losses)).toBe("2 sessions ended, 1 key revoked.");
    expect(announceLosses({ sessions: 0, keys: 0, invitations: 0 })).toBeUndefined();
    expect(describeLosses({ sessions: 0, keys: 0, invitations: 0 })).toBe("");
  });
});

describe("the values of an audit entry", () => {
  it("are listed with old and new values", () => {
    expect(listChanges({ role: "LABELLER" }, { role: "VIEWER", suspendedAt: null, scopes: ["READ", "RUN"], allowed: true })).toEqual([
      { name: "role", before: "LABELLER", after: "VIEWER" },
      { name: "suspended at", before: null, after: "none" },
      { name: "scopes", before: null, after: "READ, RUN" },
      { name: "allowed", before: null, after: "yes" },
    ]);
  });

  it("are summarised by what changed, without the object's own name", () => {
    expect(summariseChange({ role: "LABELLER" }, { role: "VIEWER" }, "grace")).toEqual({ from: "LABELLER", to: "VIEWER" });
    expect(summariseChange(null, { name: "Pilot", seed: 7, description: "" }, "Pilot")).toEqual({ from: null, to: "7" });
    expect(summariseChange({ role: "VIEWER", email: "a@lab.example" }, null, "a@lab.example")).toEqual({ from: "VIEWER", to: "removed" });
    expect(summariseChange(null, null, "RUN-1")).toEqual({ from: null, to: null });
  });
});
