/**
 * The rows of the bench of scale, which follow from their numbers alone: 50 workspaces, of which the first owns a tenth of all runs. Others'
 * elites are surer than any of its own, and the latest three tenths of all runs are theirs. Runs differ as real ones do: networks with 50 classes and CPPNs
 * reach lower confidences.
 */
export interface Size {
  readonly runs: number;
}

/** 1,000,000 elites, 10,000,000 scores, 20,000 runs. */
export const largeSize: Size = { runs: 20_000 };
/** A hundredth of it, so that the asking workspace has 20 runs: one of each kind that `patternOf` names. */
export const smallSize: Size = { runs: 200 };

export const workspaceCount = 50;
export const scoresOfImage = 10;

type ScaleKind = "fifty" | "ten" | "ascent" | "perturbation";

/** Of 20 consecutive runs of an owner: 4 of 50 classes, 14 of 10 classes, an ascent and a perturbation. */
const pattern: readonly ScaleKind[] = Array.from({ length: 20 }, (_, i) =>
  i % 5 === 0 ? "fifty" : i === 6 ? "ascent" : i === 13 ? "perturbation" : "ten",
);
const states: Readonly<Record<number, string>> = { 3: "FAILED", 8: "CANCELLED", 11: "PAUSED", 16: "QUEUED", 17: "QUEUED", 18: "CRASHED" };
/** Its place in the pattern. */
const trashed = 8;

export interface ScaleRun {
  /** From 0. */
  readonly index: number;
  /** 0 for the workspace that asks. */
  readonly workspace: number;
  /** Its place among the runs of the workspace that asks, or among all others. */
  readonly place: number;
  readonly kind: ScaleKind;
  readonly state: string;
  readonly isTrashed: boolean;
  readonly model: number;
  readonly method: string;
  readonly classes: number;
  /** Current and replaced ones. */
  readonly elites: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

const firstTime = Date.UTC(2026, 0, 1);
const wholeTime = 300 * 86_400_000;

/** Elites of the `count`-th run with ten classes: 35 or 36, so that 20 runs have 1,000. */
const elitesOfTen = (count: number): number => Math.floor(((count + 1) * 250) / 7) - Math.floor((count * 250) / 7);

export function runOf({ runs }: Size, index: number): ScaleRun {
  const isOwn = index % 10 === 0;
  const place = isOwn ? index / 10 : index - Math.floor(index / 10) - 1;
  const inPattern = place % pattern.length;
  const kind = pattern[inPattern] as ScaleKind;
  // How many of the kind came before.
  const before = pattern.slice(0, inPattern).filter((other) => other === kind).length;
  const count = Math.floor(place / pattern.length) * pattern.filter((other) => other === kind).length + before;
  const classes = kind === "fifty" ? 50 : 10;
  const methods = { ascent: "gradient-ascent", perturbation: "pgd", fifty: "", ten: "" };
  return {
    index,
    workspace: isOwn ? 0 : 1 + (place % (workspaceCount - 1)),
    place,
    kind,
    state: states[inPattern] ?? "SUCCEEDED",
    isTrashed: inPattern === trashed,
    // The last two of each ten networks score images only.
    model: (kind === "fifty" ? 10 : 0) + (count % 8),
    method: methods[kind] || (count % 5 === 4 ? "cppn" : "direct"),
    classes,
    elites: kind === "fifty" ? 125 : kind === "ten" ? elitesOfTen(count) : 0,
    createdAt: firstTime + Math.floor(((isOwn ? 0.7 : 1) * wholeTime * index) / runs),
  };
}

/** A number from 0 to 1 that follows from two whole numbers. */
export function noise(a: number, b: number): number {
  let x = Math.imul(a + 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35);
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d);
  x = Math.imul(x ^ (x >>> 13), 0x297a2d39);
  return ((x ^ (x >>> 16)) >>> 0) / 0x1_0000_0000;
}

/** The confidence that the last elite of a niche reaches. */
export function confidenceOf(run: ScaleRun, niche: number): number {
  const u = noise(run.index, niche);
  if (run.workspace > 0) return 0.99 + 0.0099 * u;
  if (run.kind === "fifty") return 0.05 + 0.7 * u;
  return run.method === "cppn" ? 0.3 + 0.5 * u : 0.6 + 0.38 * u;
}

const hex = (a: number, b: number): string =>
  Math.floor(noise(a, b) * 0x1_0000_0000)
    .toString(16)
    .padStart(8, "0");

/** 36 characters, as of a UUID. @param kind keeps ids of different tables apart. */
export function idOf(kind: number, index: number): string {
  const tail = index.toString(16).padStart(8, "0");
  return `${hex(index, kind)}-${kind.toString(16).padStart(4, "0")}-8000-8000-${hex(kind, index).slice(0, 4)}${tail}`;
}

/** 64 characters, as of a SHA-256. */
export function hashOf(index: number): string {
  const [a, b, c] = [hex(index, 101), hex(index, 102), hex(index, 103)];
  return `${a}${b}${c}${a}${b}${c}${a}${index.toString(16).padStart(8, "0")}`;
}

export const workspaceIdOf = (workspace: number): string => (workspace === 0 ? "workspace_local" : idOf(1, workspace));
export const userIdOf = (workspace: number): string => (workspace === 0 ? "user_local" : idOf(2, workspace));
export const runIdOf = (index: number): string => idOf(4, index);
export const modelIdOf = (model: number): string => idOf(5, model);

/** Experiments hold five runs, but the first one of the workspace that asks holds a fifth of its runs. */
export function experimentOf({ runs }: Size, run: ScaleRun): { readonly id: string; readonly number: number } {
  if (run.workspace > 0) {
    const number = 1 + Math.floor(Math.floor(run.place / (workspaceCount - 1)) / 5);
    return { id: idOf(3, run.workspace * 100_000 + number), number };
  }
  const large = runs / 50;
  const number = run.place < large ? 1 : 2 + Math.floor((run.place - large) / 5);
  return { id: idOf(3, number), number };
}
