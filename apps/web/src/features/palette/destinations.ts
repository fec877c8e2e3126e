/** The pages and actions of the palette, each with keywords for the search. */
import type { MutationName } from "../../graphql/generated/mutationNames.ts";

export interface Destination {
  readonly href: string;
  readonly name: string;
  /** The shortcut, or the page to which it belongs. */
  readonly note: string;
  readonly keywords: string;
}

/** A page where something is changed. */
export interface ActionDestination extends Destination {
  /** What the user must be permitted to do there. */
  readonly needs: MutationName;
}

export const pages: readonly Destination[] = [
  { href: "/", name: "Home", note: "G H", keywords: "start overview dashboard" },
  { href: "/experiments", name: "Experiments", note: "G E", keywords: "runs list" },
  { href: "/sweeps", name: "Sweeps", note: "Experiments", keywords: "grid random search parameters importance seeds hyperparameters" },
  { href: "/compare", name: "Compare runs", note: "Experiments", keywords: "side by side differences groups baseline tests" },
  { href: "/comparisons", name: "Comparisons", note: "Experiments", keywords: "saved compare report notes snapshot share" },
  { href: "/gallery", name: "Gallery", note: "G G", keywords: "images elites browse" },
  { href: "/studies", name: "Studies", note: "G T", keywords: "people votes voters labels perception ask new" },
  { href: "/models", name: "Models", note: "G M", keywords: "networks classifiers zoo" },
  { href: "/models/transfer", name: "Transfer", note: "Models", keywords: "matrix other networks agree generalise" },
  { href: "/chains", name: "Retraining chains", note: "Models", keywords: "retrain defence adversarial training" },
  { href: "/reports", name: "Reports", note: "G R", keywords: "paper claims verdicts results" },
  { href: "/workers", name: "Workers", note: "G W", keywords: "queue engines speed gpu status" },
  { href: "/trash", name: "Trash", note: "G D", keywords: "deleted restore undo empty bin" },
  { href: "/api-reference", name: "API reference", note: "GraphQL", keywords: "documentation schema types fields queries mutations api" },
  { href: "/settings/general", name: "Workspace settings", note: "Settings", keywords: "general rename delete leave transfer visibility" },
  { href: "/settings/members", name: "Members", note: "Settings", keywords: "settings people users roles invitations team" },
  { href: "/settings/keys", name: "API keys", note: "Settings", keywords: "settings tokens secrets programs" },
  { href: "/settings/audit", name: "Audit log", note: "Settings", keywords: "settings history who did changes chain" },
  { href: "/settings/email", name: "E-mail", note: "Settings", keywords: "settings outbox sent mail" },
  { href: "/settings/storage", name: "Storage rules", note: "Settings", keywords: "settings retention delete old runs clean up trash" },
  { href: "/settings/exports", name: "Exports", note: "Settings", keywords: "settings download archive zip csv parquet json leave backup" },
  {
    href: "/settings/bulk-queries",
    name: "Bulk queries",
    note: "Settings",
    keywords: "settings graphql all rows jsonl csv parquet download",
  },
  { href: "/settings/quotas", name: "Quotas", note: "Settings", keywords: "settings storage limits uploads used full" },
];

export const actions: readonly ActionDestination[] = [
  { href: "/new", needs: "startEvolution", name: "New run", note: "N", keywords: "start create evolve evolution map-elites cppn" },
  {
    href: "/new?sweep=on",
    needs: "startSweep",
    name: "New sweep",
    note: "New run",
    keywords: "grid random search parameters seeds start create",
  },
  { href: "/new?method=ascend", needs: "startAscent", name: "New ascent", note: "New run", keywords: "gradient ascend start create" },
  {
    href: "/new?method=perturb",
    needs: "startPerturbation",
    name: "Perturb a photo",
    note: "New run",
    keywords: "attack adversarial fgsm pgd perturbation photograph start",
  },
  {
    href: "/new?method=retrain",
    needs: "startChain",
    name: "Retrain on fooling images",
    note: "New run",
    keywords: "chain retraining start create",
  },
  {
    href: "/import",
    needs: "startImport",
    name: "Import results",
    note: "Experiments",
    keywords: "upload file folder wandb weights biases mlflow numpy pyribs sferes csv parquet bundle",
  },
  { href: "/experiments?new=true", needs: "createExperiment", name: "New experiment", note: "Experiments", keywords: "create start" },
  {
    href: "/settings/members?invite=true",
    needs: "inviteMember",
    name: "Invite a member",
    note: "Members",
    keywords: "add people user e-mail link",
  },
  { href: "/settings/keys?new=true", needs: "createApiKey", name: "New API key", note: "Keys", keywords: "create token secret program" },
  {
    href: "/settings/exports?new=true",
    needs: "startExport",
    name: "Export the workspace",
    note: "Exports",
    keywords: "download archive zip csv parquet json all data leave backup",
  },
  {
    href: "/settings/bulk-queries?new=true",
    needs: "startBulkQuery",
    name: "New bulk query",
    note: "Bulk queries",
    keywords: "graphql list all rows jsonl csv parquet download",
  },
  {
    href: "/models/new",
    needs: "registerModel",
    name: "Register a model",
    note: "Models",
    keywords: "upload add import bring own network onnx tflite keras",
  },
];

/** Whether every typed word is the start of a word of the name or keywords, in any order. */
export function matchesWords(typed: string, { name, keywords }: { readonly name: string; readonly keywords: string }): boolean {
  const words = `${name} ${keywords}`.toLowerCase().split(/[\s-]+/);
  const typedWords = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return typedWords.every((typedWord) => words.some((word) => word.startsWith(typedWord)));
}
