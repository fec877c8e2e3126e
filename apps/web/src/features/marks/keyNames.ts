/** How a shortcut is written for a reader: "mod" is Command on Apple's systems and Ctrl on all others. */

/** @param platform the browser's `navigator.platform`, such as "MacIntel" or "Linux x86_64". */
export function isApplePlatform(platform: string): boolean {
  return /^(Mac|iPhone|iPad|iPod)/.test(platform);
}

/** @param keys the names of keys that are pressed together, such as ["mod", "K"]. */
export function namesOfKeys(keys: readonly string[], isApple: boolean): string[] {
  return keys.map((key) => (key === "mod" ? (isApple ? "⌘" : "Ctrl") : key));
}

/** @param shortcut such as "mod+K", which becomes ⌘K or Ctrl+K. */
export function writeShortcut(shortcut: string, isApple: boolean): string {
  return namesOfKeys(shortcut.split("+"), isApple).join(isApple ? "" : "+");
}
