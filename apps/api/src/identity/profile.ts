/** What people say about themselves in /auth/update-user, and providers about them: a name of one line, and no image from elsewhere. */
import { APIError } from "better-auth/api";

const longestName = 100;

interface Profile {
  readonly name?: unknown;
}

function cleanName(name: unknown): string {
  return String(name)
    .replaceAll(/\s+/g, " ")
    .replaceAll(/\p{Cc}/gu, "")
    .trim()
    .slice(0, longestName);
}

export function profileOfNewUser({ name }: Profile): { readonly data: { readonly name: string; readonly image: null } } {
  return { data: { name: cleanName(name) || "Unnamed", image: null } };
}

/** @throws APIError BAD_REQUEST for an empty name. */
export function changedProfile({ name }: Profile): { readonly data: { readonly name?: string; readonly image: null } } {
  if (name === undefined) return { data: { image: null } };
  const cleaned = cleanName(name);
  if (cleaned === "") throw new APIError("BAD_REQUEST", { code: "INVALID_INPUT", message: "Enter your name." });
  return { data: { name: cleaned, image: null } };
}
