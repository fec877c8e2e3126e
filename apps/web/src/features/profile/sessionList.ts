/** Describes and sorts the signed-in user's sessions. */
import type { ListedSessionFragment } from "../../graphql/generated/graphql.ts";

/** Such as "Firefox on Windows". For a program that is no browser, its User-Agent. */
export function describeDevice({ browser, device, userAgent }: Pick<ListedSessionFragment, "browser" | "device" | "userAgent">): string {
  if (browser == null) return device == null ? userAgent?.slice(0, 60) || "Unknown device" : `Unknown browser on ${device}`;
  return device == null ? browser : `${browser} on ${device}`;
}

export function describePlace({ address }: Pick<ListedSessionFragment, "address">): string {
  if (address == null) return "unknown address";
  return address === "127.0.0.1" || address === "::1" ? "this server's machine" : address;
}

const second = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });

/** Such as "3 Dec 2026, 06:42:10". With seconds, by which two sessions of one browser differ. */
export function describeSignIn({ createdAt }: Pick<ListedSessionFragment, "createdAt">): string {
  return second.format(new Date(createdAt));
}

/** The current session first; the others keep the API's order, by last use. */
export function currentFirst(sessions: readonly ListedSessionFragment[]): readonly ListedSessionFragment[] {
  return sessions.toSorted((a, b) => Number(b.isCurrent) - Number(a.isCurrent));
}
