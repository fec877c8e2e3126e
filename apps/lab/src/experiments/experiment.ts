/** An experiment of `npm run repro`: repeats an experiment of the paper, with its bars and figures. */
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { ByteImage } from "@pareidolia/core/image";
import type { Preset } from "@pareidolia/core/parameterSpec";
import type { Framing } from "@pareidolia/core/preprocessing";
import type { Keep } from "../keptResults/keep.ts";
import type { ReportRow } from "../report.ts";
import type { View } from "../reportPage/shownImage.ts";
import type { NetworkRule } from "./networkRules.ts";

/** Opens each model once, by ID. The owner of the shelf disposes of the models. */
export interface ModelShelf {
  /** @throws AppError NOT_FOUND for an ID that neither the zoo nor the user has; UNAVAILABLE if its file is not available. */
  open(id: string, framing?: Framing): Promise<DifferentiableClassifier>;
  /**
   * The colour that an ascent starts from: the mean of the pre-processing, one value per channel, in grey levels.
   * @throws AppError NOT_FOUND for an unknown ID.
   */
  meanOf(id: string): readonly number[];
  /** IDs of the user's models. */
  readonly userModels: readonly string[];
}

/** `quick` fits a report of 20 minutes on two cores; the bars are defined for `full`. */
export type Budget = "quick" | "full";

export interface ExperimentOptions {
  readonly models: ModelShelf;
  readonly cacheFolder: string;
  readonly budget: Budget;
  /** Default: the presets that the experiment judges. */
  readonly presets?: readonly string[] | undefined;
  /** Default: as many as the experiment's bars need. */
  readonly seeds?: readonly number[] | undefined;
  /** Default: as many as the experiment's bars need. */
  readonly generations?: number | undefined;
  /** Whether to measure on votes of real people and beside other programs too. Default: false. */
  readonly real?: boolean | undefined;
  /** Files of studies' releases, for the claims on people. Default: none. */
  readonly releases?: readonly string[] | undefined;
  /** Keeps the finished units of an experiment that takes long. Default: keeps nothing. */
  readonly keep?: Keep | undefined;
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
      /** Number of columns, if the rows have a meaning; otherwise the images wrap. */
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
  /** Amounts of computation by name, such as generations, for comparison with the paper's. */
  readonly ran?: Readonly<Record<string, number>>;
}

export interface Experiment {
  readonly id: string;
  readonly description: string;
  readonly presets: readonly Preset[];
  /** The user's networks that it can run on. */
  readonly networks: NetworkRule;
  run(options: ExperimentOptions): Promise<ExperimentResult>;
}
