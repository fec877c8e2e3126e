/** The sessions of the signed-in user, as better-auth lists them, and in words. */

export interface ListedSession {
  readonly id: string;
  /** Identifies the session in requests; a cookie also needs the server's signature of it. */
  readonly token: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
}

/** In order: Edge and Opera also name Chrome, and Chrome also names Safari. */
const browsers = [
  [/Edg(?:e|A|iOS)?\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\/|FxiOS\//, "Firefox"],
  [/HeadlessChrome\/|Chrome\/|CriOS\//, "Chrome"],
  [/Safari\//, "Safari"],
] as const;

/** In order: Android also names Linux, and an iPhone also names Mac OS X. */
const systems = [
  [/iPhone|iPad/, "iOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X|Macintosh/, "macOS"],
  [/CrOS/, "ChromeOS"],
  [/Linux/, "Linux"],
] as const;

/** Such as "Firefox on Windows". */
export function describeDevice(userAgent: string | null): string {
  if (userAgent === null || userAgent === "") return "Unknown device";
  const browser = browsers.find(([pattern]) => pattern.test(userAgent))?.[1];
  const system = systems.find(([pattern]) => pattern.test(userAgent))?.[1];
  if (browser === undefined) return system === undefined ? userAgent.slice(0, 60) : `Unknown browser on ${system}`;
  return system === undefined ? browser : `${browser} on ${system}`;
}

export function describePlace(ipAddress: string | null): string {
  if (ipAddress === null || ipAddress === "") return "unknown address";
  return ipAddress === "127.0.0.1" || ipAddress === "::1" ? "this server's machine" : ipAddress;
}

/** The present session first, then by last use. */
export function inOrder(sessions: readonly ListedSession[], currentToken: string): readonly ListedSession[] {
  return sessions.toSorted(
    (a, b) => Number(b.token === currentToken) - Number(a.token === currentToken) || Date.parse(b.updatedAt) - Date.parse(a.updatedAt),
  );
}
