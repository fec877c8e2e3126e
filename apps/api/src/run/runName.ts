/** A run's name follows from what it is, so that nobody has to think one up. */
import { encodings } from "@pareidolia/encodings/registry";

/** The registry's labels; an id that it no longer knows stands for itself. */
export function labelsOf(run: { readonly encoding: string; readonly preset: string }): { encoding: string; preset: string } {
  const definition = encodings.find((candidate) => candidate.id === run.encoding);
  const preset = definition?.presets.find((candidate) => candidate.id === run.preset);
  return { encoding: definition?.label ?? run.encoding, preset: preset?.label ?? run.preset };
}

/** Such as "CPPN against LeNet, normalised coordinates". */
export function nameOf(run: { readonly encoding: string; readonly preset: string; readonly modelName: string }): string {
  const { encoding, preset } = labelsOf(run);
  return `${encoding} against ${run.modelName}, ${preset.charAt(0).toLowerCase()}${preset.slice(1)}`;
}
