/** The kinds of files that count as storage, and the GraphQL query for their sizes. */
type Share = "models" | "photos" | "uploads" | "pending" | "releases" | "exports";

export const storageKinds: readonly {
  readonly name: Share;
  readonly label: string;
  readonly href: string | null;
  readonly note: string;
}[] = [
  { name: "models", label: "Models", href: "/models", note: "Files of uploaded, downloaded and trained models" },
  { name: "photos", label: "Photographs", href: "/models/uploads", note: "Size as stored, after re-encoding" },
  { name: "releases", label: "Releases of studies", href: "/studies", note: "Their archives, which are kept with the study" },
  { name: "exports", label: "Exports", href: "/settings/exports", note: "Their archives, deleted after seven days" },
  { name: "uploads", label: "Unused uploads", href: "/models/uploads", note: "Deleted a day after they were requested" },
  { name: "pending", label: "Unfinished uploads", href: null, note: "Their announced sizes are reserved" },
];

export const storageQuery = `{
  quotas {
    storage { used limit }
    ${storageKinds.map(({ name }) => `${name} { count byteLength }`).join("\n    ")}
    runImages { count byteLength isEstimate }
  }
}`;
