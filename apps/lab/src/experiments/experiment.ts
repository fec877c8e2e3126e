/** An experiment of `npm run repro`: repeats an experiment of the paper, with the bars to reach and the figures to show. */
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { ByteImage } from "@pareidolia/core/image";
import type { Preset } from "@pareidolia/core/parameterSpec";
import type { Framing } from "@pareidolia/core/preprocessing";
import type { ReportRow } from "../report.ts";
import type { View } from "../reportPage/shownImage.ts";
import type { NetworkRule } from "./networkRules.ts";

/** Opens models by ID, each once. The owner of the shelf disposes of them. */
export interface ModelShelf {
  /** @throws AppError NOT_FOUND for an ID that is neither the zoo's nor the user's; UNAVAILABLE if its file is not available. */
  open(id: string, framing?: Framing): Promise<DifferentiableClassifier>;
  /**
   * The colour that an ascent starts from: the mean of the pre-processing, one value per channel, in grey levels.
   * @throws AppError NOT_FOUND for an unknown ID.
   */
  meanOf(id: string): readonly number[];
  /** IDs of the user's models. */
  readonly own: readonly string[];
}

/** `quick` fits a report of 20 minutes on two cores; the bars are defined for `full`. */
export type Budget = "quick" | "full";

export interface ExperimentOptions {
  readonly models: ModelShelf;
  readonly cacheFolder: string;
  readonly budget: Budget;
  /** Default: the presets that the experiment is judged on. */
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
  /** How a large image is reduced to the page's size. Default: `whole`. */
  readonly view?: View;
}

export type Figure = { readonly title: string; readonly caption: string } & (
  | {
      readonly kind: "images";
      readonly images: readonly FigureImage[];
      /** Number of columns, if rows have a meaning; otherwise the images flow. */
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
  /** One line per seed and checkpoint. */
  readonly lines: readonly (readonly string[])[];
  readonly rows: readonly ReportRow[];
  readonly figures?: readonly Figure[];
  /** Amounts of computation by name, for claims that compare them with the paper's. */
  readonly ran?: Readonly<Record<string, number>>;
}

export interface Experiment {
  readonly id: string;
  readonly description: string;
  readonly presets: readonly Preset[];
  /** The user's networks that it accepts. It does not run on others. */
  readonly networks: NetworkRule;
  run(options: ExperimentOptions): Promise<ExperimentResult>;
}
