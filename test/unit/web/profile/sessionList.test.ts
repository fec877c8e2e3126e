import { expect, it } from "vitest";
import { describeDevice, describePlace, inOrder } from "../../../../apps/web/src/features/profile/sessionList.ts";
import { sessionsFile } from "../../../../apps/web/src/features/profile/sessionsFile.ts";

it.each([
  ["Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/145.0 Safari/537.36", "Chrome on Linux"],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/145.0 Safari/537.36 Edg/145.0",
    "Edge on Windows",
  ],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15",
    "Safari on macOS",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/140.0 Safari/605.1.15",
    "Firefox on iOS",
  ],
  [
    "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/145.0 Mobile Safari/537.36",
    "Chrome on Android",
  ],
  ["curl/8.14.1", "curl/8.14.1"],
  ["", "Unknown device"],
  [null, "Unknown device"],
])("the device of %s is %s", (userAgent, device) => {
  expect(describeDevice(userAgent)).toBe(device);
});

it("a session on the server's own machine has no address to recognise", () => {
  expect(describePlace("127.0.0.1")).toBe("this server's machine");
  expect(describePlace("203.0.113.9")).toBe("203.0.113.9");
  expect(describePlace(null)).toBe("unknown address");
});

it("the list begins with the present session, then the last used", () => {
  const session = (token: string, updatedAt: string) => ({
    id: token,
    token,
    createdAt: updatedAt,
    updatedAt,
    ipAddress: null,
    userAgent: null,
  });
  const sessions = [session("a", "2026-01-01T00:00:00Z"), session("b", "2026-01-03T00:00:00Z"), session("c", "2026-01-02T00:00:00Z")];
  expect(inOrder(sessions, "a").map(({ token }) => token)).toEqual(["a", "b", "c"]);
});

it("the file of sessions has no token", () => {
  const time = "2026-01-01T00:00:00Z";
  const session = { id: "a", token: "secret-token", createdAt: time, updatedAt: time, ipAddress: "203.0.113.9", userAgent: "curl/8.14.1" };
  const row = Object.values(sessionsFile).map((valueOf) => valueOf(session));
  expect(row).toEqual(["curl/8.14.1", "curl/8.14.1", "203.0.113.9", time, time]);
});
