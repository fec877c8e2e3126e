import { expect, it } from "vitest";
import { currentFirst, describeDevice, describePlace, describeSignIn } from "../../../../apps/web/src/features/profile/sessionList.ts";
import { sessionsFile } from "../../../../apps/web/src/features/profile/sessionsFile.ts";

const time = "2026-01-01T00:00:00Z";
const unknown = { browser: null, device: null, userAgent: null, address: null, createdAt: time, lastUsedAt: time };
const session = (id: string, isCurrent: boolean) => ({ ...unknown, __typename: "Session" as const, id, isCurrent });

it.each([
  [{ browser: "Firefox", device: "Windows" }, "Firefox on Windows"],
  [{ browser: "Opera" }, "Opera"],
  [{ device: "Linux" }, "Unknown browser on Linux"],
  [{ userAgent: "curl/8.14.1" }, "curl/8.14.1"],
  [{ userAgent: "" }, "Unknown device"],
  [{}, "Unknown device"],
])("the device of %j is %s", (known, device) => {
  expect(describeDevice({ ...unknown, ...known })).toBe(device);
});

it("a session on the server's own machine has no address to recognise", () => {
  expect(describePlace({ address: "127.0.0.1" })).toBe("this server's machine");
  expect(describePlace({ address: "203.0.113.9" })).toBe("203.0.113.9");
  expect(describePlace({ address: null })).toBe("unknown address");
});

it("the list begins with the present session, then the last used", () => {
  expect(currentFirst([session("b", false), session("c", false), session("a", true)]).map(({ id }) => id)).toEqual(["a", "b", "c"]);
});

it("the downloaded file describes the device of each session", () => {
  const row = Object.values(sessionsFile).map((valueOf) =>
    valueOf({ ...session("a", false), userAgent: "curl/8.14.1", address: "203.0.113.9" }),
  );
  expect(row).toEqual(["curl/8.14.1", "curl/8.14.1", "203.0.113.9", time, time]);
});

it("two sessions of one browser and day differ in when they signed in", () => {
  const [first, second] = ["2026-12-03T06:42:10Z", "2026-12-03T06:42:51Z"].map((createdAt) => describeSignIn({ createdAt }));
  expect(first).toMatch(/^3 Dec 2026, \d\d:42:10$/);
  expect(second).not.toBe(first);
});
