/** Compares runs and groups of runs: parameters, curves, archives in one generation, tests, and the grid of images. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { foolingConfidence } from "@pareidolia/core/foolingConfidence";
import {
  type RunsOfEntries,
  readFirstReached,
  readFooling,
  readGrid,
  readMedians,
  readMediansAt,
  readQuartiles,
} from "@pareidolia/persistence/lab/comparisons/readComparison";
import type { ModelRecord } from "@pareidolia/persistence/lab/models/readModels";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { parseReferenceTo } from "../globalId/globalId.ts";
import type { ModelService } from "../model/model.service.ts";
import { policy } from "../policy/policy.ts";
import type { RunService } from "../run/run.service.ts";
import { checkLine, checkText } from "../text.ts";
import type { ComparedRunsInput } from "./comparison.input.ts";
import type { ComparedMeasure } from "./comparison.type.ts";
import { curveGenerations, type MeanOfRuns, meanConfidence, meanOf, medianOfReached, testEntries } from "./groupStatistics.ts";
import { outcomesOfEntry } from "./outcomesOfEntry.ts";
import { readResultGrids } from "./resultGrid.ts";
import { settingsOf } from "./runSettings.ts";

const mostEntries = 24;
const maxRunsOfEntry = 100;
const maxRuns = 240;
const maxNameLength = 80;
const maxRows = 50;
const usualRows = 20;
const maxValues = 5;

/** The generation of what a run never reached: later than any. Finite, so that two of them are equal when they are subtracted. */
const never = Number.MAX_SAFE_INTEGER;

export interface ComparedEntry {
  readonly name: string;
  readonly runs: readonly RunRecord[];
}

export interface Comparison {
  readonly entries: readonly ComparedEntry[];
  readonly generation: number;
  readonly lastGeneration: number;
}

export interface ComparedRow {
  readonly class: number;
  readonly label: string;
  /** In the order of the entries. */
  readonly eliteIds: readonly (string | null)[];
  readonly trajectoryIds: readonly (string | null)[];
  readonly perturbationIds: readonly (string | null)[];
}

interface Values {
  readonly values: readonly (string | number | boolean | null)[];
  readonly count: number;
}

interface Figures {
  readonly median: MeanOfRuns | null;
  readonly lowerQuartile: number | null;
  readonly upperQuartile: number | null;
  readonly fooling: MeanOfRuns | null;
  readonly nicheCount: number;
  readonly earlier: number;
}

function toEntry({ name }: ComparedRunsInput, runs: readonly RunRecord[], field: string): ComparedEntry {
  const [first] = runs as [RunRecord];
  const twice = runs.findIndex((run, i) => runs.findIndex(({ id }) => id === run.id) < i);
  if (twice >= 0) throw new AppError("INVALID_INPUT", "A group has this run twice.", { field: `${field}.runIds.${twice}` });
  const given = name == null ? "" : checkLine(name, { field: `${field}.name`, label: "A name", longest: maxNameLength });
  const usual = runs.length === 1 ? `RUN-${first.number}` : `${runs.length} runs from RUN-${first.number}`;
  return { name: given === "" ? usual : given, runs };
}

function lastGenerationOf(run: RunRecord): number {
  return run.kind === "evolution" ? (run.generation ?? -1) : -1;
}

/** The evolutions of an entry that have stored a generation. */
function startedOf(entry: ComparedEntry): readonly RunRecord[] {
  return entry.runs.filter((run) => lastGenerationOf(run) >= 0);
}

/** Each started run in the comparison's generation, or in its last one if it ended before. */
function runsAt({ entries, generation }: Comparison): RunsOfEntries {
  const started = entries.flatMap((entry, index) => startedOf(entry).map((run) => ({ run, index })));
  return {
    runIds: started.map(({ run }) => run.id),
    generations: started.map(({ run }) => Math.min(generation, lastGenerationOf(run))),
    entries: started.map(({ index }) => index),
  };
}

function evolutionsOf({ entries }: Comparison): readonly string[] {
  return [...new Set(entries.flatMap((entry) => startedOf(entry).map(({ id }) => id)))];
}

export class ComparisonService {
  readonly #options: { readonly database: Database; readonly runs: RunService; readonly models: ModelService };

  constructor(options: { readonly database: Database; readonly runs: RunService; readonly models: ModelService }) {
    this.#options = options;
  }

  /** For what an index finds; curves and quartiles read many rows. */
  get #connection() {
    return this.#options.database.connection;
  }

  get #heavy() {
    return this.#options.database.heavy;
  }

  /** @throws AppError INVALID_INPUT or NOT_FOUND, naming the field. */
  async open(actor: Actor, entries: readonly ComparedRunsInput[], asked: number | null | undefined): Promise<Comparison> {
    policy.requireInWorkspace(actor, "comparison:read");
    if (entries.length === 0 || entries.length > mostEntries)
      throw new AppError("INVALID_INPUT", `Give 1 to ${mostEntries} runs or groups.`, { field: "entries" });
    for (const [i, { runIds }] of entries.entries())
      if (runIds.length === 0 || runIds.length > maxRunsOfEntry)
        throw new AppError("INVALID_INPUT", `Give 1 to ${maxRunsOfEntry} runs for each group.`, { field: `entries.${i}.runIds` });
    if (entries.reduce((sum, { runIds }) => sum + runIds.length, 0) > maxRuns)
      throw new AppError("INVALID_INPUT", `The groups must not have more than ${maxRuns} runs together.`, { field: "entries" });
    if (asked != null && asked < 0) throw new AppError("INVALID_INPUT", "A generation is 0 or later.", { field: "generation" });
    const runs = await this.#findRuns(
      actor,
      entries.flatMap(({ runIds }, i) => runIds.map((id, j) => ({ id, field: `entries.${i}.runIds.${j}` }))),
    );
    let taken = 0;
    const found = entries.map((entry, i) => {
      taken += entry.runIds.length;
      return toEntry(entry, runs.slice(taken - entry.runIds.length, taken), `entries.${i}`);
    });
    const lastGeneration = Math.max(...runs.map(lastGenerationOf));
    return { entries: found, lastGeneration, generation: Math.min(asked ?? lastGeneration, lastGeneration) };
  }

  /** Runs of the actor's workspace by ID or key, in two statements. */
  async #findRuns(actor: Actor, asked: readonly { readonly id: string; readonly field: string }[]): Promise<readonly RunRecord[]> {
    const references = asked.map(({ id, field }) => parseReferenceTo("Run", id, field));
    const ids = references.flatMap((reference) => ("number" in reference ? [] : [reference.id]));
    const numbers = references.flatMap((reference) => ("number" in reference ? [reference.number] : []));
    const { runs } = this.#options;
    const [byId, byNumber] = await Promise.all([
      ids.length === 0 ? [] : runs.load(actor, ids),
      numbers.length === 0 ? [] : runs.loadByNumber(actor, numbers),
    ]);
    const found = new Map([...byId, ...byNumber].flatMap((run) => (run === null ? [] : [[run.id, run] as const])));
    const numbered = new Map([...found.values()].map((run) => [run.number, run]));
    return references.map((reference, i) => {
      const run = "number" in reference ? numbered.get(reference.number) : found.get(reference.id);
      if (run === undefined || !policy.isOwn(actor, run))
        throw new AppError("NOT_FOUND", "There is no such run.", { field: asked[i]?.field ?? "entries" });
      return run;
    });
  }

  compareParameters({ entries }: Comparison) {
    const settings = entries.map(({ runs }) => runs.map((run) => new Map(settingsOf(run).map((setting) => [setting.name, setting]))));
    const labels = new Map(settings.flat().flatMap((run) => [...run.values()].map(({ name, label }) => [name, label])));
    const compared = [...labels].map(([name, label]) => {
      const values = settings.map((runs): Values => {
        const all = [...new Set(runs.map((run) => run.get(name)?.value ?? null))];
        return { values: all.slice(0, maxValues), count: all.length };
      });
      const differs = new Set(settings.flat().map((run) => run.get(name)?.value ?? null)).size > 1;
      return { name, label, differs, values };
    });
    return [...compared.filter(({ differs }) => differs), ...compared.filter(({ differs }) => !differs)];
  }

  /** By name, in the order in which the first source lists them. */
  compareClaims({ entries }: Comparison) {
    const stated = entries.map(({ runs }) => runs.flatMap((run) => (run.kind === "imported" ? [run.plan.metrics] : [])));
    const names = new Set(stated.flat().flatMap((metrics) => Object.keys(metrics)));
    return [...names].map((name) => ({
      name,
      values: stated.map((runs): Values => {
        const all = [...new Set(runs.flatMap((metrics) => metrics[name] ?? []))];
        return { values: all.slice(0, maxValues), count: all.length };
      }),
    }));
  }

  compareOutcomes({ entries }: Comparison) {
    return entries.map(({ runs }) => ({ kinds: outcomesOfEntry(runs) }));
  }

  async readCurves(comparison: Comparison) {
    const generations = curveGenerations(comparison.lastGeneration);
    const rows = await readMedians(this.#heavy, { runIds: evolutionsOf(comparison), generations });
    const medians = new Map(rows.map(({ runId, generation, median }) => [`${runId} ${generation}`, median]));
    return comparison.entries.map(({ runs }) => ({
      points: generations.flatMap((generation) => {
        const median = meanConfidence(runs.flatMap(({ id }) => medians.get(`${id} ${generation}`) ?? []));
        return median === null ? [] : [{ generation, median }];
      }),
    }));
  }

  async readFigures(comparison: Comparison): Promise<Figures[]> {
    const { entries } = comparison;
    const [medians, fooling, quartiles] = await Promise.all([
      this.#mediansAt(comparison),
      this.#foolingAt(comparison),
      readQuartiles(this.#heavy, runsAt(comparison)),
    ]);
    return entries.map((entry, index) => {
      const { lower = null, upper = null } = quartiles.find((row) => row.entry === index) ?? {};
      return {
        median: meanConfidence(medians[index] ?? []),
        lowerQuartile: lower,
        upperQuartile: upper,
        fooling: meanOf(fooling[index] ?? [], { lowest: 0, highest: startedOf(entry)[0]?.nicheCount ?? null, isShare: true }),
        nicheCount: startedOf(entry)[0]?.nicheCount ?? 0,
        earlier: startedOf(entry).filter((run) => lastGenerationOf(run) < comparison.generation).length,
      };
    });
  }

  async readReach(comparison: Comparison) {
    const reached = await this.#reachOf(comparison);
    return reached.map((generations) => ({ generations, median: medianOfReached(generations) }));
  }

  /** @throws AppError INVALID_INPUT for a baseline that is no entry. */
  async test(comparison: Comparison, measure: ComparedMeasure, baseline: number | null | undefined) {
    const { entries } = comparison;
    if (baseline != null && !(baseline >= 0 && baseline < entries.length))
      throw new AppError("INVALID_INPUT", `The baseline is the place of an entry, 0 to ${entries.length - 1}.`, { field: "baseline" });
    const { tests, leftOut } = testEntries(await this.#samplesOf(comparison, measure), baseline ?? null);
    return {
      leftOut,
      pairs: tests.map(({ delta, ...test }) => ({ ...test, delta: delta.estimate, deltaLow: delta.low, deltaHigh: delta.high })),
    };
  }

  /** @throws AppError INVALID_INPUT for a number of rows or an offset beyond the limits. */
  async readRows(
    actor: Actor,
    comparison: Comparison,
    page: {
      readonly first: number | null | undefined;
      readonly offset: number | null | undefined;
      readonly contains: string | null | undefined;
    },
  ): Promise<ComparedRow[]> {
    const first = page.first ?? usualRows;
    const offset = page.offset ?? 0;
    if (first < 1 || first > maxRows) throw new AppError("INVALID_INPUT", `Give 1 to ${maxRows} rows.`, { field: "first" });
    if (offset < 0) throw new AppError("INVALID_INPUT", "The offset is 0 or more.", { field: "offset" });
    const contains = checkText(page.contains ?? "", { field: "contains", label: "A search", longest: 200 }).toLowerCase();
    const models = await this.#modelsOf(actor, comparison);
    const labels = models.get(comparison.entries[0]?.runs[0]?.modelId ?? "")?.labels ?? [];
    const { runIds, generations, entries } = runsAt(comparison);
    const { trajectories, perturbations } = await readResultGrids(this.#connection, comparison.entries, models);
    // Evolutions have all classes, ascents and attacks a few of perhaps a thousand.
    const isShown = (label: string): boolean => runIds.length > 0 || trajectories.has(label) || perturbations.has(label);
    const rows = labels
      .map((label, index) => ({ class: index, label }))
      .filter(({ label }) => isShown(label) && label.toLowerCase().includes(contains))
      .slice(offset, offset + first);
    const runs = new Map(comparison.entries.flatMap((entry) => entry.runs.map((run) => [run.id, run] as const)));
    const cells = runIds.flatMap((runId, i) => {
      const own = models.get(runs.get(runId)?.modelId ?? "")?.labels ?? [];
      return rows.flatMap((row, place) => {
        const niche = own[row.class] === row.label ? row.class : own.indexOf(row.label);
        return niche < 0 ? [] : [{ runId, generation: generations[i] as number, entry: entries[i] as number, place, niche }];
      });
    });
    const found = await readGrid(this.#connection, {
      runIds: cells.map(({ runId }) => runId),
      generations: cells.map(({ generation }) => generation),
      entries: cells.map(({ entry }) => entry),
      rows: cells.map(({ place }) => place),
      niches: cells.map(({ niche }) => niche),
    });
    const ids = new Map(found.map(({ entry, row, eliteId }) => [`${entry} ${row}`, eliteId]));
    const count = comparison.entries.length;
    return rows.map((row, place) => ({
      ...row,
      eliteIds: comparison.entries.map((_, entry) => ids.get(`${entry} ${place}`) ?? null),
      trajectoryIds: trajectories.idsOf(row.label, count),
      perturbationIds: perturbations.idsOf(row.label, count),
    }));
  }

  async #modelsOf(actor: Actor, { entries }: Comparison): Promise<ReadonlyMap<string, ModelRecord>> {
    const ids = [...new Set(entries.flatMap(({ runs }) => runs.map(({ modelId }) => modelId)))];
    const found = await this.#options.models.load(actor, ids);
    return new Map(found.flatMap((model) => (model === null ? [] : [[model.id, model] as const])));
  }

  async #samplesOf(comparison: Comparison, measure: ComparedMeasure): Promise<readonly (readonly number[])[]> {
    if (measure === "median") return this.#mediansAt(comparison);
    if (measure === "fooling") return this.#foolingAt(comparison);
    const reached = await this.#reachOf(comparison);
    return reached.map((generations) => generations.map((generation) => generation ?? never));
  }

  async #mediansAt(comparison: Comparison): Promise<readonly (readonly number[])[]> {
    const rows = await readMediansAt(this.#connection, runsAt(comparison));
    const medians = new Map(rows.map(({ runId, median }) => [runId, median]));
    return comparison.entries.map(({ runs }) => runs.flatMap(({ id }) => medians.get(id) ?? []));
  }

  async #foolingAt(comparison: Comparison): Promise<readonly (readonly number[])[]> {
    const rows = await readFooling(this.#connection, runsAt(comparison));
    const counts = new Map(rows.map(({ runId, fooling }) => [runId, fooling]));
    return comparison.entries.map((entry) => startedOf(entry).map(({ id }) => counts.get(id) ?? 0));
  }

  async #reachOf(comparison: Comparison): Promise<readonly (readonly (number | null)[])[]> {
    const rows = await readFirstReached(this.#connection, { runIds: evolutionsOf(comparison), confidence: foolingConfidence });
    const first = new Map(rows.map(({ runId, generation }) => [runId, generation]));
    return comparison.entries.map((entry) => startedOf(entry).map(({ id }) => first.get(id) ?? null));
  }
}
