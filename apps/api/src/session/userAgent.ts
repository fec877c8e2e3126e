/** Reads the browser and the operating system from a User-Agent header. */

/** In this order, because Edge and Opera also name Chrome, and Chrome also names Safari. */
const browsers = [
  [/Edg(?:e|A|iOS)?\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\/|FxiOS\//, "Firefox"],
  [/HeadlessChrome\/|Chrome\/|CriOS\//, "Chrome"],
  [/Safari\//, "Safari"],
] as const;

/** In this order, because Android also names Linux, and an iPhone also names Mac OS X. */
const systems = [
  [/iPhone|iPad/, "iOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X|Macintosh/, "macOS"],
  [/CrOS/, "ChromeOS"],
  [/Linux/, "Linux"],
] as const;

const firstMatch = (names: readonly (readonly [RegExp, string])[], text: string): string | null =>
  names.find(([pattern]) => pattern.test(text))?.[1] ?? null;

/** Null for a browser or system that is not recognised. */
export function readUserAgent(userAgent: string | null): { readonly browser: string | null; readonly device: string | null } {
  const text = userAgent ?? "";
  return { browser: firstMatch(browsers, text), device: firstMatch(systems, text) };
}
