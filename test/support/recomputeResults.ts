/**
 * A second implementation of a study's figures, from its exported trials alone and from the definitions, as simply as they can be written:
 * pairs of votes are enumerated, and intervals are found by bisection. It shares no code with the package.
 */
import { readCsv } from "./readCsv.ts";

type Row = Record<string, string>;
type Counts = Readonly<Record<string, readonly [agreeing: number, votes: number]>>;

export interface Recomputed {
  /** By image: votes, agreeing votes, Wilson's interval. */
  readonly plane: Readonly<Record<string, readonly (number | null)[]>>;
  readonly share: number;
  readonly votes: number;
  readonly voters: Recounted | null;
  readonly images: Recounted | null;
  /** Alpha, Fleiss' kappa, percent agreement. */
  readonly agreement: readonly (number | null)[];
  readonly bySource: Readonly<Record<string, number | null>>;
  /** Corrected for guessing; null where a voter answered "can't tell", so that guesses cannot be counted. */
  readonly equalWidth: RecomputedDiagram | null;
  readonly equalMass: RecomputedDiagram | null;
  readonly meanAgreement: number | null;
}

export interface Recounted {
  readonly meanAbove: number;
  readonly intervalAbove: number;
  readonly units: Readonly<Record<string, readonly number[]>>;
}

export interface RecomputedDiagram {
  readonly bins: readonly (readonly (number | null)[])[];
  readonly ece: number;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function bisect(below: (p: number) => boolean): number {
  let [low, high] = [0, 1];
  for (let round = 0; round < 100; round++) {
    const middle = (low + high) / 2;
    if (below(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(at least k of n). */
function upperTail(k: number, n: number, p: number): number {
  let [term, sum] = [(1 - p) ** n, 0];
  for (let i = 0; i <= n; i++) {
    if (i >= k) sum += term;
    term *= ((n - i) / (i + 1)) * (p / (1 - p));
  }
  return sum;
}

function exact(k: number, n: number): [number, number] {
  return [k === 0 ? 0 : bisect((p) => upperTail(k, n, p) < 0.025), k === n ? 1 : bisect((p) => 1 - upperTail(k + 1, n, p) > 0.025)];
}

/** The shares p whose distance from k / n is 1.96 standard errors at p (Wilson 1927). */
function wilson(k: number, n: number): [number, number] {
  const z = 1.959963984540054;
  const far = (p: number): boolean => Math.abs(k / n - p) > z * Math.sqrt((p * (1 - p)) / n);
  return [k === 0 ? 0 : bisect((p) => p < k / n && far(p)), k === n ? 1 : bisect((p) => p <= k / n || !far(p))];
}

function countsBy(rows: readonly Row[], column: string): Counts {
  const counts: Record<string, [number, number]> = {};
  for (const row of rows) {
    if (row["agrees"] === "") continue;
    const own = (counts[row[column] as string] ??= [0, 0]);
    own[0] += row["agrees"] === "true" ? 1 : 0;
    own[1] += 1;
  }
  return counts;
}

function recount(counts: Counts, chance: number): Recounted | null {
  const units = Object.entries(counts).map(([name, [k, n]]) => [name, [k, n, ...exact(k, n)] as const] as const);
  if (units.length === 0) return null;
  return {
    meanAbove: mean(units.map(([, [k, n]]) => (k / n > chance ? 1 : 0))),
    intervalAbove: mean(units.map(([, unit]) => ((unit[2] as number) > chance ? 1 : 0))),
    units: Object.fromEntries(units),
  };
}

/** All ordered pairs of different votes on one image. */
function agreementOf(rows: readonly Row[]): (number | null)[] {
  const byImage = new Map<string, string[]>();
  for (const row of rows)
    byImage.set(row["image"] as string, [...(byImage.get(row["image"] as string) ?? []), row["answer_name"] as string]);
  const units = [...byImage.values()].filter((answers) => answers.length > 1);
  const all = units.flat();
  if (new Set(all).size < 2) return [null, null, null];
  const pairsOf = (answers: readonly string[]): boolean[] =>
    answers.flatMap((one, i) => answers.filter((_, j) => j !== i).map((other) => one === other));
  const observed = mean(
    units.flatMap((answers) => answers.map((one, i) => mean(answers.filter((_, j) => j !== i).map((other) => (other === one ? 0 : 1))))),
  );
  const counts = new Map<string, number>();
  for (const answer of all) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  const expected = mean([...counts.values()].flatMap((count) => Array<number>(count).fill((all.length - count) / (all.length - 1))));
  const chance = [...counts.values()].reduce((sum, count) => sum + (count / all.length) ** 2, 0);
  const perImage = mean(units.map((answers) => mean(pairsOf(answers).map(Number))));
  return [1 - observed / expected, (perImage - chance) / (1 - chance), mean(units.flatMap(pairsOf).map(Number))];
}

/** A share of people is from 0 to 1, though its estimate need not be. */
const bounded = (value: number): number => Math.min(1, Math.max(0, value));

/** Bin b holds confidences above edges[b] (from it in the first) and up to edges[b + 1]. */
function diagram(points: readonly (readonly [confidence: number, share: number])[], edges: readonly number[]): RecomputedDiagram {
  const bins = edges.slice(1).map((_, b) =>
    points.filter(([confidence]) => {
      const first = edges.slice(1).findIndex((edge, k) => confidence <= edge || k === edges.length - 2);
      return first === b;
    }),
  );
  const described = bins.map((own) =>
    own.length === 0 ? [0, null, null] : [own.length, mean(own.map(([x]) => x)), mean(own.map(([, y]) => y))],
  );
  const shown = described.map(([n, x, y]) => [n as number, x as number | null, y === null ? null : bounded(y as number)]);
  const gaps = described.reduce((sum, [n, x, y]) => sum + (n === 0 ? 0 : (n as number) * Math.abs((x as number) - (y as number))), 0);
  return { bins: shown, ece: gaps / points.length };
}

function reportOf(rows: readonly Row[]): Recomputed {
  const chance = 1 / (JSON.parse(rows[0]?.["options"] ?? "[]") as unknown[]).length;
  const [images, voters] = [countsBy(rows, "image"), countsBy(rows, "voter")];
  const confidence = new Map(
    rows.filter((row) => row["machine_confidence"] !== "").map((row) => [row["image"], Number(row["machine_confidence"])]),
  );
  const points = Object.entries(images).flatMap(([image, [k, n]]) => {
    const x = confidence.get(image);
    return x === undefined ? [] : [[x, (k / n - chance) / (1 - chance)] as const];
  });
  const ordered = points.map(([x]) => x).sort((a, b) => a - b);
  const answered = rows.filter((row) => row["answer_name"] !== "");
  const upTo15 = Array.from({ length: 16 }, (_, b) => b);
  const votes = Object.values(images).reduce((sum, [, n]) => sum + n, 0);
  return {
    plane: Object.fromEntries(Object.entries(images).map(([image, [k, n]]) => [image, [n, k, ...wilson(k, n)]])),
    share: Object.values(images).reduce((sum, [k]) => sum + k, 0) / votes,
    votes,
    voters: recount(voters, chance),
    images: recount(images, chance),
    agreement: agreementOf(answered),
    bySource: Object.fromEntries(
      [...new Set(rows.map((row) => row["source"] as string))].map((source) => [
        source,
        agreementOf(answered.filter((row) => row["source"] === source))[0] ?? null,
      ]),
    ),
    ...(rows.some((row) => row["cant_tell"] === "true")
      ? { equalWidth: null, equalMass: null, meanAgreement: null }
      : {
          equalWidth: diagram(
            points,
            upTo15.map((b) => b / 15),
          ),
          equalMass: diagram(
            points,
            upTo15.map((b) => (b === 0 ? 0 : b === 15 ? 1 : (ordered[Math.max(0, Math.ceil((b * points.length) / 15) - 1)] as number))),
          ),
          meanAgreement: bounded(mean(points.map(([, y]) => y))),
        }),
  };
}

export interface ExclusionValues {
  readonly goldHits: number;
  readonly noiseHits: number;
  readonly medianMs: number;
  readonly unfinished: boolean;
  /** Whether votes of the still version are left out; default: false. */
  readonly still?: boolean;
}

export interface RecomputedStudy extends Readonly<Record<"planned" | "everyone", readonly Recomputed[]>> {
  /** Reasons by pseudonym. */
  readonly exclusions: Readonly<Record<string, readonly string[]>>;
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return ((sorted[Math.floor((sorted.length - 1) / 2)] as number) + (sorted[Math.ceil((sorted.length - 1) / 2)] as number)) / 2;
}

function reasonsOf(own: readonly Row[], rules: ExclusionValues): string[] {
  const hits = (role: string): number => own.filter((row) => row["role"] === role && row["agrees"] === "true").length;
  const times = own.filter((row) => row["role"] === "counted" && row["skipped"] === "false" && row["response_ms"] !== "");
  const holds: readonly (readonly [string, boolean])[] = [
    ["insider", own[0]?.["insider"] === "true"],
    ["still", rules.still === true && own[0]?.["still"] === "true"],
    ["goldHits", hits("gold") < rules.goldHits],
    ["noiseHits", hits("noise") < rules.noiseHits],
    ["medianMs", times.length > 0 && medianOf(times.map((row) => Number(row["response_ms"]))) < rules.medianMs],
    ["unfinished", rules.unfinished && own[0]?.["finished"] === "false"],
  ];
  return holds.filter(([, value]) => value).map(([name]) => name);
}

/** For each side, a report for each phase; and why voters are excluded. */
export function recomputeResults(csv: string, rules: ExclusionValues): RecomputedStudy {
  const every = readCsv(csv);
  const voters = [...new Set(every.map((row) => row["voter"] as string))];
  const exclusions = Object.fromEntries(
    voters.map((voter) => [
      voter,
      reasonsOf(
        every.filter((row) => row["voter"] === voter),
        rules,
      ),
    ]),
  );
  const rows = every.filter((row) => row["role"] === "counted" && row["skipped"] === "false");
  const phases = [...new Set(rows.map((row) => row["phase"] as string))].sort((one, other) => Number(one) - Number(other));
  const reports = (own: readonly Row[]): Recomputed[] => phases.map((phase) => reportOf(own.filter((row) => row["phase"] === phase)));
  return { everyone: reports(rows), planned: reports(rows.filter((row) => exclusions[row["voter"] as string]?.length === 0)), exclusions };
}
