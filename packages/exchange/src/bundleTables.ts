/**
 * The tables of a bundle. Rows refer to each other by numbers within the bundle, never by ids of a database, so that a bundle, imported
 * elsewhere and exported again, has the same rows. What differs there, such as keys and people's names, is in tables of the origin.
 */
import type { ShapeValue } from "@pareidolia/core/documentShape";
import { type BundleColumn, columns, orNull } from "./bundleColumn.ts";

export const formatVersions = [1, 2, 3] as const;
export type FormatVersion = (typeof formatVersions)[number];

export interface BundleTable {
  readonly description: string;
  readonly columns: Readonly<Record<string, BundleColumn<unknown>>>;
  /** The version of the format that added it or last changed its columns. Default: 1. */
  readonly since?: Exclude<FormatVersion, 1>;
  /** Whether it describes where the bundle comes from: it does not count for the hash of the content, and imports ignore it. */
  readonly origin?: true;
}

const { integer, number, boolean, text, json, numbers, texts, sha256, time, base64, row } = columns;
const ofRun = { run: row("runs", "The run.") };
const image = sha256("SHA-256 of the image's PNG file.");
const trajectoryOf = {
  ...ofRun,
  configuration: integer("Index of the configuration in a random search; 0 without a search."),
  class: integer("The class that the ascent aims at."),
  start: integer("Index of the start."),
};

/** In the order in which they are written. An import in this order finds every row that a row refers to. */
export const bundleTables = {
  tags: { description: "Tags of the workspace. Only in exports of workspaces.", columns: { name: text("The tag.") } },
  experiments: {
    description: "Experiments, by number.",
    columns: {
      experiment: row("experiments", "Number of the row, from 0."),
      name: text("Name."),
      description: text("Description."),
      notes: text("Members' notes, in Markdown."),
      tags: texts("Tags, in order."),
      archived_at: orNull(time("When it was archived.")),
      created_at: time("When it was created."),
    },
  },
  sweeps: {
    description: "Sweeps, by number.",
    columns: {
      sweep: row("sweeps", "Number of the row, from 0."),
      experiment: row("experiments", "The experiment."),
      name: text("Name."),
      plan: json("The plan: axes, points, seeds."),
      point_count: integer("Number of points."),
      run_count: integer("Number of runs that it started, including those not in this bundle."),
      state: text("RUNNING, PAUSED, SUCCEEDED or CANCELLED."),
      reason: text("Why it is in its state."),
      priority: integer("Priority of its runs."),
      concurrency: orNull(integer("How many of its runs may be computed at a time.")),
      max_evaluations: orNull(number("Budget in evaluations.")),
      max_seconds: orNull(number("Budget in seconds.")),
      created_at: time("When it was created."),
      ended_at: orNull(time("When it ended.")),
    },
  },
  models: {
    description: "Networks of the runs, links and scores.",
    columns: {
      model: row("models", "Number of the row, from 0, in order of slug and hash."),
      slug: text("Identifier, such as lenet."),
      origin: text("zoo, upload or chain: the source of its file; import for an unknown network of imported results."),
      name: text("Name."),
      description: text("Description."),
      licence: text("Licence."),
      source: text("Source."),
      sha256: text("SHA-256 of its file; empty if it was never downloaded."),
      byte_length: orNull(integer("Size of its file.")),
      width: integer("Width of its input in pixels."),
      height: integer("Height of its input in pixels."),
      channels: integer("Channels of its input: 1 or 3."),
      labels: texts("Names of its classes, in order."),
      label_space: text("Equal for models with the same classes in the same order."),
      preprocessing: orNull(json("Mean, deviation, channel order and layout; null if the network includes them.")),
      test_error: orNull(number("Error rate on its test set, from 0 to 1.")),
    },
  },
  runs: {
    description: "Runs, by number.",
    columns: {
      run: row("runs", "Number of the row, from 0."),
      experiment: orNull(row("experiments", "The experiment; null in the export of one run.")),
      model: row("models", "The network."),
      sweep: orNull(row("sweeps", "The sweep that it is part of, if the bundle contains the sweep.")),
      sweep_point: orNull(integer("Index of its point in the sweep.")),
      sweep_replicate: orNull(integer("Index of its seed in the sweep.")),
      name: text("Members' short name; empty for none."),
      kind: text("Kind: evolution, ascent, perturbation, retraining or imported."),
      method: orNull(text("Encoding, ascent, attack or recipe. Follows from the plan.")),
      preset: text("The preset that it was started from."),
      parameters: json("Every parameter, with defaults resolved."),
      plan: json("What only this kind of run has."),
      framing: json("How the network scores images larger than its input."),
      source_image: orNull(sha256("SHA-256 of the image that it starts from.")),
      seed: integer("Seed."),
      manifest: orNull(json("Engine, instruction set, code version and model hash.")),
      state: text("State when it was exported."),
      failure: orNull(text("Why it failed.")),
      generation: integer("The last generation in the checkpoint; -1 before the first and for kinds without generations."),
      evaluations: integer("Evaluations until then; an attack or a trajectory that ended early counts with its maximum."),
      archive_hash: orNull(sha256("SHA-256 of the archive after that generation.")),
      median: orNull(number("Median stored confidence over the archive.")),
      fooling_count: integer(
        "Results that meet the criterion of the run's kind, such as classes of an evolution with a stored confidence of at least .9999.",
      ),
      stopped_by: orNull(text("Why it ended before the end of its plan.")),
      compute_seconds: number("Seconds of computation."),
      forked_from: orNull(row("runs", "The run that it was forked from, if the bundle contains it.")),
      fork_generation: orNull(integer("The last generation, or the number of links, of that run that it started from.")),
      rerun_of: orNull(row("runs", "The run whose settings it was started with, if the bundle contains it.")),
      notes: text("Members' notes, in Markdown."),
      tags: texts("Tags, in order."),
      archived_at: orNull(time("When it was archived.")),
      trimmed_at: orNull(time("When a retention rule removed its replaced elites.")),
      created_at: time("When it was created."),
      started_at: orNull(time("When it started.")),
      ended_at: orNull(time("When it ended.")),
    },
  },
  rung_decisions: {
    description: "What successive halving decided about the points of sweeps.",
    since: 2,
    columns: {
      sweep: row("sweeps", "The sweep."),
      rung: integer("Rung, from 0."),
      point: integer("Index of the point."),
      nines: orNull(number("Median of the results of its runs, in nines; null without any.")),
      runs: integer("Number of these results."),
      rank: integer("Rank of the point, from 1, the best."),
      kept: boolean("Whether its runs continued."),
      decided_at: time("When it was decided."),
    },
  },
  rung_results: {
    description: "Results of runs at the rungs of successive halving.",
    since: 2,
    columns: {
      ...ofRun,
      rung: integer("Rung, from 0."),
      median: number("Median confidence at the rung."),
      reached_at: time("When the run reached it."),
    },
  },
  comments: {
    description: "Comments on experiments and runs, in order of time.",
    columns: {
      comment: row("comments", "Number of the row, from 0."),
      experiment: orNull(row("experiments", "The experiment that it is on.")),
      run: orNull(row("runs", "The run that it is on.")),
      body: text("Text in Markdown."),
      created_at: time("When it was written."),
      edited_at: orNull(time("When it was last edited.")),
    },
  },
  images: {
    description: "Every image that a row of the bundle names, in order of hashes.",
    columns: {
      sha256: image,
      width: integer("Width in pixels."),
      height: integer("Height in pixels."),
      channels: integer("1: grey; 3: RGB."),
      byte_length: integer("Size of the PNG file in bytes."),
    },
  },
  generations: {
    description:
      "Statistics over an evolution's archive after each generation that was stored: of stored images, and of the search, on float pixels. An empty niche counts as 0.",
    since: 3,
    columns: {
      ...ofRun,
      generation: integer("Generation, from 0."),
      median: orNull(
        number("Median confidence of the stored images; null if a retention rule removed some of them before they were summarised."),
      ),
      mean: orNull(number("Mean confidence of the stored images; null with the median.")),
      minimum: orNull(number("Lowest confidence of the stored images; null with the median.")),
      maximum: orNull(number("Highest confidence of the stored images; null with the median.")),
      search_median: number("Median of the fitness during the search."),
      search_mean: number("Mean of the fitness during the search."),
      search_minimum: number("Lowest fitness during the search."),
      search_maximum: number("Highest fitness during the search."),
      jumps: integer("Niches that got another elite in it."),
      filled: integer("Niches with an elite."),
      evaluations: integer("Evaluations until then."),
      chain_hash: orNull(sha256("Hash chain up to this generation; null in runs from before hash chains.")),
    },
  },
  step_hashes: {
    description: "Hash chain of a run without generations: a hash for each trajectory, attack or link, in the order of the plan.",
    columns: { ...ofRun, step: integer("Step, from 0."), hash: sha256("Hash chain up to this step.") },
  },
  genomes: {
    description: "Genomes that held a niche at some time.",
    columns: {
      ...ofRun,
      generation: integer("Generation in which it was made."),
      index: integer("Place in its generation's batch."),
      sha256: sha256("SHA-256 of its canonical bytes."),
      byte_length: integer("Number of these bytes."),
      bytes: orNull(base64("These bytes in Base64; null if they are the file genomes/<sha256>.bin, or left out of the bundle.")),
      parents: numbers("Generation and index of each parent: 0, 2 or 4 numbers."),
      copied: boolean("Whether a fork copied it, so that its parents belong to the run that was forked."),
      image,
    },
  },
  elites: {
    description: "Holds of genomes on niches, current and replaced.",
    since: 3,
    columns: {
      ...ofRun,
      niche: integer("Class of the niche."),
      generation: integer("Generation in which it took the niche."),
      genome_generation: integer("Generation of its genome."),
      genome_index: integer("Index of its genome."),
      replaced_at: orNull(integer("Generation in which it lost the niche; null for a current elite.")),
      search_fitness: number("Confidence during the search, on float pixels."),
      stored_fitness: number("Confidence on the stored image."),
    },
  },
  trajectories: {
    description: "Ascents of one class from one start.",
    since: 3,
    columns: {
      ...trajectoryOf,
      step: integer("The last stored step."),
      ended: boolean("Whether no step follows."),
      search_confidence: number("Confidence at that step of the search, on float pixels."),
      stored_confidence: number("Confidence on the stored image."),
      image,
      curve_steps: numbers("Recorded steps."),
      curve_search_confidences: numbers("Confidence at each during the search, on float pixels."),
      curve_stored_confidences: numbers("Confidence on the bytes at each."),
      curve_norms: numbers("Norm of the difference from the network's mean image at each."),
    },
  },
  milestones: {
    description: "The first step at which a trajectory reached a level of confidence; level 0 is its start.",
    since: 3,
    columns: {
      ...trajectoryOf,
      level: number("Level."),
      step: integer("Step."),
      search_confidence: number("Confidence during the search, on float pixels."),
      stored_confidence: number("Confidence on the stored image."),
      image,
    },
  },
  checkpoints: {
    description: "States from which unfinished ascents resume, in parts.",
    since: 2,
    columns: {
      ...ofRun,
      part: integer("Part of the state, from 0."),
      bytes: base64("Its bytes in Base64: 4 MiB, except in the last part."),
    },
  },
  perturbations: {
    description: "Attacks on a photograph, each within one bound.",
    since: 3,
    columns: {
      ...ofRun,
      index: integer("Index in the plan."),
      bound: orNull(number("Bound in grey levels; null for an attack that looks for the smallest change.")),
      success: boolean("Whether it changed the label as planned."),
      steps: integer("Steps."),
      linf: number("Largest difference in grey levels."),
      l2: number("Euclidean norm of the difference in grey levels."),
      l0: integer("Number of values that differ."),
      original_image: sha256("SHA-256 of the photograph as the network saw it."),
      original_class: integer("Its class."),
      original_confidence: number("Its confidence."),
      stored_class: integer("Top class of the stored result."),
      stored_confidence: number("Its confidence."),
      searched_class: integer("The class whose confidence the attack changed: the target or, without one, the original's class."),
      search_confidence: number("Confidence in `searched_class` during the attack, on float pixels."),
      stored_searched_confidence: orNull(number("Confidence in `searched_class` on the stored result; null if it has no score.")),
      image,
    },
  },
  chains: {
    description: "Retraining chains, one for each such run.",
    columns: {
      ...ofRun,
      name: text("Name."),
      dataset: text("Data set."),
      iterations: integer("Number of retrainings."),
      created_at: time("When it was created."),
    },
  },
  links: {
    description: "Networks of retraining chains.",
    columns: {
      ...ofRun,
      iteration: integer("i of DNN_i, from 1."),
      state: text("QUEUED, RUNNING, SUCCEEDED or FAILED."),
      model: orNull(row("models", "The trained network.")),
      test_error: orNull(number("Error rate on the test set.")),
      median_confidence: orNull(number("Median confidence over the archives against it.")),
      fooling_share: orNull(number("Share of these images that it assigns to the fooling class.")),
      fooling_images: orNull(integer("Images of the fooling class that it was trained on.")),
      metrics: json("Other figures; `images` is the hash of the file with its training images."),
      started_at: orNull(time("When it started.")),
      ended_at: orNull(time("When it ended.")),
    },
  },
  link_elites: {
    description: "The archive of the first evolution against each link's network.",
    since: 3,
    columns: {
      ...ofRun,
      iteration: integer("Iteration of the link."),
      niche: integer("Class of the niche."),
      search_confidence: number("Confidence during the search, on float pixels."),
      stored_confidence: number("Confidence on the stored image."),
      image,
    },
  },
  imported_images: {
    description: "Images of runs of other programs, with the figures that these programs give.",
    columns: {
      ...ofRun,
      index: integer("Place in the source, from 0."),
      image,
      niche: orNull(integer("Index of the source's class.")),
      label: orNull(text("Name of the source's class.")),
      claimed: orNull(number("Fitness or confidence that the source states.")),
      generation: orNull(integer("Generation of the source.")),
      source_id: orNull(text("The individual's ID in the source.")),
      source_parent_id: orNull(text("The parent's ID in the source.")),
    },
  },
  scores: {
    description: "Scores of these images by the product's networks and those of the workspace.",
    columns: {
      image,
      model: row("models", "The network."),
      top_class: integer("Class with the highest confidence."),
      top_confidence: number("That confidence."),
      probabilities: base64("Confidence of each class: float32, little endian, in Base64."),
    },
  },
  keys: {
    description: "Keys of experiments, sweeps and runs where the bundle was made.",
    origin: true,
    columns: {
      table: text("experiments, sweeps or runs."),
      row: integer("Number of the row in that table."),
      key: text("Such as EXP-3, SWP-2 or RUN-12."),
      events: orNull(integer("Number of events of the run that the export includes: it shows the state after the last of them.")),
    },
  },
  credits: {
    description: "People: who created, commented or is assigned, by the name in the workspace.",
    origin: true,
    columns: {
      table: text("experiments, sweeps, runs or comments."),
      row: integer("Number of the row in that table."),
      role: text("creator, author or assignee."),
      name: text("Name of the person."),
    },
  },
} as const satisfies Readonly<Record<string, BundleTable>>;

export type TableName = keyof typeof bundleTables;
export const tableNames = Object.keys(bundleTables) as readonly TableName[];

/** A row of a table, by the names of its columns. */
export type RowOf<Name extends TableName> = {
  readonly [Column in keyof (typeof bundleTables)[Name]["columns"]]: (typeof bundleTables)[Name]["columns"][Column] extends {
    readonly shape: infer Shape;
  }
    ? ShapeValue<Shape>
    : never;
};

export function isOfOrigin(name: TableName): boolean {
  const table: BundleTable = bundleTables[name];
  return table.origin === true;
}

export function versionOfTable(name: TableName): FormatVersion {
  const table: BundleTable = bundleTables[name];
  return table.since ?? 1;
}

/** The version of the format that describes these tables: the lowest, so that content that version 1 describes keeps its hash. */
export function versionOf(names: Iterable<TableName>): FormatVersion {
  let version: FormatVersion = 1;
  for (const name of names) if (versionOfTable(name) > version) version = versionOfTable(name);
  return version;
}
