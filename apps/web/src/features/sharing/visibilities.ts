/** The three visibilities of an experiment in words, and the addresses at which people outside the workspace read it. */
import type { ExperimentSharingFragment, Visibility } from "../../graphql/generated/graphql.ts";

export const visibilities: readonly { readonly id: Visibility; readonly label: string; readonly readers: string }[] = [
  { id: "PRIVATE", label: "Private", readers: "Only members of this workspace read it." },
  { id: "UNLISTED", label: "Unlisted", readers: "Everyone who has the link reads it, without signing in." },
  { id: "PUBLIC", label: "Public", readers: "Every visitor reads it, and it is in the list of public experiments." },
];

/** The path of the page for people outside the workspace; null for a private experiment. Keys such as EXP-1 repeat in each workspace. */
export function sharedPath({ id, visibility, shareToken }: ExperimentSharingFragment): string | null {
  if (visibility === "PUBLIC") return `/public/${id}`;
  return visibility === "UNLISTED" && typeof shareToken === "string" ? `/shared/${shareToken}` : null;
}
