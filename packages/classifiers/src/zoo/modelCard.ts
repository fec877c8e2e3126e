/** The card that lies beside a committed model, written when it was trained: what it is, how good it is, and how to make it again. */
import { readFileSync } from "node:fs";
import type { TrainingRecipe } from "../training/trainingRecipe.ts";

export interface ModelCard {
  readonly sha256: string;
  readonly bytes: number;
  /** Share of the test images that are labelled wrongly, with its 95% interval (Wilson 1927) and what those images are. */
  readonly testError: number;
  readonly testErrorInterval: readonly [low: number, high: number];
  readonly testImages: string;
  readonly validationError: number;
  readonly seed: number;
  /** Epochs asked for, epochs run before stopping, and the one whose weights were kept. */
  readonly epochs: { readonly asked: number; readonly run: number; readonly kept: number };
  readonly command: string;
  readonly engine: string;
  readonly recipe: TrainingRecipe;
  /** SHA-256 of each uncompressed file of the data set. */
  readonly dataset: Readonly<Record<string, string>>;
}

/** The folder of committed models: the same path from `src/zoo` and from `dist/zoo`. */
export const modelFolder = new URL("../../models/", import.meta.url);

export function readModelCard(id: string): ModelCard {
  return JSON.parse(readFileSync(new URL(`${id}.json`, modelFolder), "utf8")) as ModelCard;
}
