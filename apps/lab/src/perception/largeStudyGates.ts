/**
 * A study with ImageNet's number of classes: every aggregator finishes within a minute, or refuses beforehand. Each runs on one core, in the
 * process that asks for it.
 */
import { AppError } from "@pareidolia/core/appError";
import { aggregators } from "@pareidolia/perception/aggregation/registry";
import { judge, type ReportRow } from "../report.ts";
import { castVotes, simulationRandom } from "./electorates.ts";

const [classes, items, votesPerItem, voters] = [1000, 20_000, 5, 200];
const maxSeconds = 60;
/** A refusal reads the votes and computes nothing. */
const maxSecondsToRefuse = 5;

export function largeStudyGates(onProgress: (line: string) => void): readonly ReportRow[] {
  const random = simulationRandom(80, 0);
  const truth = Int32Array.from({ length: items }, () => random.below(classes));
  const table = castVotes(random, { items, voters, votesPerItem, answers: classes }, (item) =>
    random.chance(0.7) ? (truth[item] as number) : random.below(classes),
  );
  return aggregators.map(({ id, name, aggregate }) => {
    onProgress(`${classes} classes, ${table.item.length} votes: ${name}`);
    const began = performance.now();
    const outcome = attempt(() => aggregate(table));
    const seconds = (performance.now() - began) / 1000;
    const what = `${name}: ${table.item.length} votes of ${voters} voters on ${items} images, ${classes} classes, with intervals`;
    if (typeof outcome === "string")
      return judge({
        id: `large ${id}`,
        what: `${what}: seconds until it refuses`,
        figure: seconds,
        bar: { below: maxSecondsToRefuse },
        detail: outcome,
      });
    const right = outcome.label.filter((label, item) => label === truth[item]).length;
    const detail = `${outcome.iterations} iterations, ${((100 * right) / items).toFixed(2)}% right`;
    return judge({ id: `large ${id}`, what: `${what}: seconds`, figure: seconds, bar: { below: maxSeconds }, detail });
  });
}

/** The result, or why it was refused. */
function attempt<T>(work: () => T): T | string {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof AppError && cause.code === "INVALID_INPUT") return cause.message;
    throw cause;
  }
}
