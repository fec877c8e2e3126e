/** What `npm run repro` can run: an experiment of the paper, with the bars that it has to reach and the figures that it draws. */
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { ByteImage } from "@pareidolia/core/image";
import type { Preset } from "@pareidolia/core/parameterSpec";
import type { Framing } from "@pareidolia/core/preprocessing";
import type { ReportRow } from "../report.ts";
import type { View } from "../reportPage/shownPicture.ts";
import type { NetworkRule } from "./networkRules.ts";

/** Opens models by id, each once; whoever owns the shelf disposes of them. */
export interface ModelShelf {
  /** @throws AppError NOT_FOUND for an id that neither the zoo nor the user has, UNAVAILABLE when its file cannot be had. */
  open(id: string, framing?: Framing): Promise<DifferentiableClassifier>;
  /**
   * The colour that an ascent on it starts from: its pre-processing's mean, a channel each, in grey levels.
   * @throws AppError NOT_FOUND for an id that neither the zoo nor the user has.
   */
  meanOf(id: string): readonly number[];
  /** Ids of the models that the user brought along. */
  readonly own: readonly string[];
}

/** `quick` fits a report of 20 minutes on two cores; `full` is what the bars are meant for. */
export type Budget = "quick" | "full";

export interface ExperimentOptions {
  readonly models: ModelShelf;
  readonly cacheFolder: string;
  readonly budget: Budget;
  /** Absent: the presets that the experiment is judged on. */
  readonly presets?: readonly string[] | undefined;
  /** Default: as many as the experiment's bars need. */
  readonly seeds?: readonly number[] | undefined;
  /** Default: as many as the experiment's bars need. */
  readonly generations?: number | undefined;
  readonly onProgress: (line: string) => void;
}

export interface FigureImage {
  readonly image: ByteImage;
  readonly caption: string;
  /** How a large image is brought to the page's size; whole when absent. */
  readonly view?: View;
}

export type Figure = { readonly title: string; readonly caption: string } & (
  | {
      readonly kind: "images";
      readonly images: readonly FigureImage[];
      /** Where rows mean something; absent, the images flow. */
      readonly columns?: number;
    }
  | {
      readonly kind: "curves";
      readonly x: string;
      readonly y: string;
      readonly series: readonly { readonly name: string; readonly points: readonly (readonly [x: number, y: number])[] }[];
    }
);

export interface ExperimentResult {
  readonly head: readonly string[];
  /** One line a seed and checkpoint. */
  readonly lines: readonly (readonly string[])[];
  readonly rows: readonly ReportRow[];
  readonly figures?: readonly Figure[];
  /** How much was run, by name, where a claim compares it with how much the paper ran. */
  readonly ran?: Readonly<Record<string, number>>;
}

export interface Experiment {
  readonly id: string;
  readonly description: string;
  readonly presets: readonly Preset[];
  /** Which of the user's networks it accepts. It does not run on others. */
  readonly networks: NetworkRule;
  run(options: ExperimentOptions): Promise<ExperimentResult>;
}
