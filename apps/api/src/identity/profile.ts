/** What people say about themselves in /auth/update-user, and providers about them: a name of one line, and no image from elsewhere. */
import { isVisible, removeUnfitCharacters } from "@pareidolia/core/lineText";
import { APIError } from "better-auth/api";

const maxNameLength = 100;

interface Profile {
  readonly name?: unknown;
  readonly image?: unknown;
}

function refuse(message: string): APIError {
  return new APIError("BAD_REQUEST", { code: "INVALID_INPUT", message });
}

/** Empty if nothing in it is visible. */
function cleanName(name: unknown): string {
  const cleaned = removeUnfitCharacters(String(name).replaceAll(/\s+/g, " ")).trim();
  return isVisible(cleaned) ? cleaned : "";
}

export function profileOfNewUser({ name }: Profile): { readonly data: { readonly name: string; readonly image: null } } {
  return { data: { name: cleanName(name).slice(0, maxNameLength) || "Unnamed", image: null } };
}

/** @throws APIError BAD_REQUEST for an empty or too long name, and for an image alone. */
export function changedProfile({ name, image }: Profile): { readonly data: { readonly name?: string; readonly image: null } } {
  if (name === undefined && image != null) throw refuse("A profile has no image. Change the name only.");
  if (name === undefined) return { data: { image: null } };
  const cleaned = cleanName(name);
  if (cleaned === "") throw refuse("Enter your name.");
  if (cleaned.length > maxNameLength) throw refuse(`Enter a name of at most ${maxNameLength} characters.`);
  return { data: { name: cleaned, image: null } };
}
