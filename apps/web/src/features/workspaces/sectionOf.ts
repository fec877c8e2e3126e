/** The page that another workspace opens with: the same section, without what belongs to this workspace. */

/** Of objects whose list is not at their own first segment. */
const lists: Readonly<Record<string, string>> = {
  elites: "/gallery",
  trajectories: "/gallery",
  perturbations: "/gallery",
  compare: "/comparisons",
  vote: "/studies",
};

/** @param path of the present page, without its workspace */
export function sectionOf(path: string): string {
  const [first = ""] = path.split("/").filter((segment) => segment !== "");
  return first === "settings" ? path : (lists[first] ?? `/${first}`);
}
