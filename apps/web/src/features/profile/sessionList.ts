/** The sessions of the signed-in user in words and in order. */
import type { ListedSessionFragment } from "../../graphql/generated/graphql.ts";

/** Such as "Firefox on Windows"; a program that is no browser by its own description. */
export function describeDevice({ browser, device, userAgent }: Pick<ListedSessionFragment, "browser" | "device" | "userAgent">): string {
  if (browser == null) return device == null ? userAgent?.slice(0, 60) || "Unknown device" : `Unknown browser on ${device}`;
  return device == null ? browser : `${browser} on ${device}`;
}

export function describePlace({ address }: Pick<ListedSessionFragment, "address">): string {
  if (address == null) return "unknown address";
  return address === "127.0.0.1" || address === "::1" ? "this server's machine" : address;
}

/** The present session first; the others stay in the API's order, by last use. */
export function currentFirst(sessions: readonly ListedSessionFragment[]): readonly ListedSessionFragment[] {
  return sessions.toSorted((a, b) => Number(b.isCurrent) - Number(a.isCurrent));
}
