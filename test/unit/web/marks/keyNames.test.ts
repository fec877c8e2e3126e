import { describe, expect, it } from "vitest";
import { isApplePlatform, namesOfKeys, writeShortcut } from "../../../../apps/web/src/features/marks/keyNames.ts";
import { shortcutGroups } from "../../../../apps/web/src/features/shell/shortcuts.ts";

describe("names of keys", () => {
  it.each([
    ["MacIntel", true],
    ["iPhone", true],
    ["iPad", true],
    ["Win32", false],
    ["Linux x86_64", false],
    ["Linux armv81", false],
    ["", false],
  ])("takes %j for one of Apple's platforms: %s", (platform, isApple) => {
    expect(isApplePlatform(platform)).toBe(isApple);
  });

  it("writes Command for Apple's systems and Ctrl for others, and other keys as they are", () => {
    expect(["mod+K", "mod+↵", "N"].map((shortcut) => writeShortcut(shortcut, true))).toEqual(["⌘K", "⌘↵", "N"]);
    expect(["mod+K", "mod+↵", "N"].map((shortcut) => writeShortcut(shortcut, false))).toEqual(["Ctrl+K", "Ctrl+↵", "N"]);
    expect(namesOfKeys(["mod", "A"], false)).toEqual(["Ctrl", "A"]);
  });

  it("leaves the system's key of every listed shortcut open", () => {
    expect(shortcutGroups.flatMap(({ keys }) => keys.flatMap(([names]) => names))).not.toContain("⌘");
  });
});
