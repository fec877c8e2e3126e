/** The objects that a short address names: it leads to a workspace that has them. */

const key = /(?<![\w-])(?:RUN|EXP|SWP|STU|CMP|VIEW)-[1-9]\d{0,8}(?![\w-])/gi;
/** First segments of pages whose second segment is the opaque ID of an object. */
const ofIds: ReadonlySet<string> = new Set(["chains", "elites", "perturbations", "trajectories"]);
/** Enough to tell workspaces apart. */
const maxObjects = 10;

/** The opaque ID of a page's object, which is unique among all workspaces; null for an address without one. */
export function globalIdOf(path: string): string | null {
  const [first = "", id] = path.split("/").filter((segment) => segment !== "");
  return ofIds.has(first) && id !== undefined ? id : null;
}

/** IDs or keys; none if any workspace has the page, such as `/gallery`. */
export function namedObjects(pathname: string, search: string): readonly string[] {
  const text = decodeURIComponent(pathname);
  const query = new URLSearchParams(search);
  const found = [...text.matchAll(key), ...[...query.values()].join(" ").matchAll(key)].map(([name]) => name.toUpperCase());
  const id = globalIdOf(text);
  if (id !== null) found.push(id);
  // The comparison's address has the runs' numbers.
  if (text === "/compare")
    for (const [number] of (query.get("runs") ?? "").matchAll(/(?<![\d-])[1-9]\d{0,8}/g)) found.push(`RUN-${number}`);
  return [...new Set(found)].slice(0, maxObjects);
}
