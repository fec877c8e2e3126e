/**
 * The figures of an evolution, computed from its elites: every generation's statistics of the stored images and of the search by adding the
 * elites in order of their generations, and the run's figures from the current ones. Memory holds five numbers for each elite of the run.
 */
import { archiveStatistics, confidenceStatistics } from "@pareidolia/evolution/statistics";
import type { RowOf } from "@pareidolia/exchange/bundleTables";
import type { RunToCheck } from "./figuresToCheck.ts";
import { compareFigures, type Report } from "./finding.ts";
import { figuresOfArchive } from "./runFigures.ts";

/** Elites in the order of their niches and generations, as columns. */
class Elites {
  readonly niche: number[] = [];
  readonly generation: number[] = [];
  readonly fitness: number[] = [];
  readonly storedFitness: number[] = [];

  /** Adds the elites, and checks when each lost its niche: when the next one took it. */
  static async read(rows: AsyncIterable<RowOf<"elites">>, name: string, report: Report): Promise<Elites> {
    const elites = new Elites();
    let last: RowOf<"elites"> | null = null;
    const close = (next: RowOf<"elites"> | null): void => {
      if (last === null) return;
      const replacedAt = next?.niche === last.niche ? next.generation : null;
      const place = `the elite of ${name} in niche ${last.niche} from generation ${last.generation}`;
      compareFigures(report, place, { "elites.replaced_at": [last.replaced_at, replacedAt] });
    };
    for await (const row of rows) {
      close(row);
      elites.niche.push(row.niche);
      elites.generation.push(row.generation);
      elites.fitness.push(row.search_fitness);
      elites.storedFitness.push(row.stored_fitness);
      last = row;
    }
    close(null);
    return elites;
  }

  /** Places of the elites in the order in which they took their niches. */
  inOrder(): Int32Array {
    return Int32Array.from(this.niche.keys()).sort((a, b) => (this.generation[a] as number) - (this.generation[b] as number));
  }

  /** Stored confidences of the last elite of each niche; 0 for an empty one. */
  current(niches: number): Float64Array {
    const current = new Float64Array(niches);
    for (const [at, niche] of this.niche.entries()) current[niche] = this.storedFitness[at] as number;
    return current;
  }
}

/** Elites in the order of their niches and generations, and generations in order. */
export async function checkEvolution({ row, name, plan, niches, rows, report }: RunToCheck<"evolution">): Promise<boolean> {
  const elites = await Elites.read(rows("elites"), name, report);
  const order = elites.inOrder();
  const archive = new Array<{ fitness: number } | null>(niches).fill(null);
  const storedArchive = new Float64Array(niches);
  // A retention rule removes replaced elites, so only the last archive is known.
  const isTrimmed = row.trimmed_at !== null;
  const first = row.fork_generation ?? 0;
  let [added, last] = [0, first - 1];
  for await (const stored of rows("generations")) {
    const place = `generation ${stored.generation} of ${name}`;
    compareFigures(report, place, { "generations.generation": [stored.generation, last + 1] });
    let taken = 0;
    for (; added < order.length; added++) {
      const at = order[added] as number;
      if ((elites.generation[at] as number) > stored.generation) break;
      if (elites.generation[at] === stored.generation) taken++;
      const niche = elites.niche[at] as number;
      archive[niche] = { fitness: elites.fitness[at] as number };
      storedArchive[niche] = elites.storedFitness[at] as number;
    }
    const { generation } = stored;
    const evaluations = (generation + 1) * plan.offspring;
    compareFigures(report, place, { "generations.evaluations": [stored.evaluations, evaluations] });
    last = generation;
    if (isTrimmed && generation !== row.generation) continue;
    // More elites may have taken niches and lost them within the generation; a search that runs again counts them.
    if (stored.jumps < taken && !(isTrimmed || generation === row.fork_generation))
      report({ column: "generations.jumps", place, stored: stored.jumps, computed: taken });
    const search = archiveStatistics({ generation, evaluations, jumps: stored.jumps, elites: archive });
    const statistics = confidenceStatistics(storedArchive);
    compareFigures(report, place, {
      "generations.median": [stored.median, statistics.median],
      "generations.mean": [stored.mean, statistics.mean],
      "generations.minimum": [stored.minimum, statistics.minimum],
      "generations.maximum": [stored.maximum, statistics.maximum],
      "generations.search_median": [stored.search_median, search.median],
      "generations.search_mean": [stored.search_mean, search.mean],
      "generations.search_minimum": [stored.search_minimum, search.minimum],
      "generations.search_maximum": [stored.search_maximum, search.maximum],
      "generations.filled": [stored.filled, search.filled],
    });
  }
  const hasRun = last >= first;
  const figures = figuresOfArchive(elites.current(niches));
  compareFigures(report, name, {
    "runs.generation": [row.generation, hasRun ? last : -1],
    "runs.evaluations": [row.evaluations, hasRun ? (last + 1) * plan.offspring : 0],
    "runs.median": [row.median, hasRun ? figures.median : null],
    "runs.fooling_count": [row.fooling_count, hasRun ? figures.foolingCount : 0],
  });
  return last >= plan.generations;
}
