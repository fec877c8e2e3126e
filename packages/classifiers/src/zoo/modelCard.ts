/** The card of a committed model, written by its training: identity, test error, and the settings that reproduce it. */
import { readFileSync } from "node:fs";
import type { TrainingRecipe } from "../training/trainingRecipe.ts";

export interface ModelCard {
  readonly sha256: string;
  readonly bytes: number;
  /** The share of test images that are labelled wrongly. */
  readonly testError: number;
  /** Of 95% (Wilson 1927). */
  readonly testErrorInterval: readonly [low: number, high: number];
  /** Describes the test images. */
  readonly testImages: string;
  readonly validationError: number;
  readonly seed: number;
  /** The maximum number of epochs, the epochs run, and the epoch whose weights these are. */
  readonly epochs: { readonly asked: number; readonly run: number; readonly kept: number };
  readonly command: string;
  readonly engine: string;
  readonly recipe: TrainingRecipe;
  /** SHA-256 of each uncompressed file of the data set. */
  readonly dataset: Readonly<Record<string, string>>;
}

/** The folder of committed models; the relative path is the same from `src/zoo` and `dist/zoo`. */
export const modelFolder = new URL("../../models/", import.meta.url);

export function readModelCard(id: string): ModelCard {
  return JSON.parse(readFileSync(new URL(`${id}.json`, modelFolder), "utf8")) as ModelCard;
}
