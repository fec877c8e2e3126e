/** Groups models for the picker: built-in models by number of classes, uploads, and retrained networks by chain. */
import { formatCount } from "../marks/numbers.ts";
import type { ModelChoice } from "./modelDetail.ts";

export interface ModelGroup {
  readonly key: string;
  readonly title: string;
  /** Whether the group holds the networks of a retraining chain. */
  readonly isChain: boolean;
  readonly models: readonly ModelChoice[];
}

type GroupHead = Pick<ModelGroup, "key" | "title" | "isChain">;

function groupOf({ origin, chain, labels }: ModelChoice): GroupHead {
  if (chain !== null) return { key: `chain ${chain.id}`, title: chain.name, isChain: true };
  if (origin === "chain") return { key: "chains", title: "Retrained", isChain: true };
  if (origin === "upload") return { key: "uploads", title: "Uploaded", isChain: false };
  return { key: `classes ${labels.length}`, title: `${formatCount(labels.length)} classes`, isChain: false };
}

function rank({ key, isChain }: ModelGroup): number {
  return isChain ? 2 : key === "uploads" ? 1 : 0;
}

/** Groups in the order of their first models, chains last. */
export function groupModels(models: readonly ModelChoice[]): readonly ModelGroup[] {
  const groups = new Map<string, GroupHead & { models: ModelChoice[] }>();
  for (const model of models) {
    const head = groupOf(model);
    const group = groups.get(head.key) ?? { ...head, models: [] };
    groups.set(head.key, group);
    group.models.push(model);
  }
  return [...groups.values()].toSorted((a, b) => rank(a) - rank(b));
}

/** Whether every word of a search occurs in the model's name, slug, chain or number of classes. */
export function matchesModel({ name, slug, chain, labels, width, height }: ModelChoice, search: string): boolean {
  const text = `${name} ${slug} ${chain?.name ?? ""} ${labels.length} ${width} × ${height}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word.replaceAll(",", "")));
}
