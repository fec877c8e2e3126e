/** An image of a study with its labels, and the photographs that illustrate labels. Classes are numbers in the network's list of labels. */
import { integer, list, nullable, record, type ShapeValue, text } from "@pareidolia/core/documentShape";

export const stimulusShape = record({
  /** The image's address, such as the hash of its bytes; unique within its list. */
  image: text,
  /** The class that the network names; of a gold image, the class that people see. */
  label: integer,
  /** The class of the photograph or digit before it was perturbed: never offered as a foil. Null if people see none. */
  truth: nullable(integer),
  /** The network's next choices, most probable first. May be empty. */
  runnersUp: list(integer),
  /** Foils chosen by the researcher, most competitive first. May be empty. */
  foils: list(integer),
  /** The condition of the design to which the image belongs, such as "worst case"; empty without conditions. */
  condition: text,
  /** Images of a group are alternatives to one another, such as a best-case and a worst-case image of a class; empty without groups. */
  group: text,
});
export type Stimulus = ShapeValue<typeof stimulusShape>;

export const exemplarsShape = record({ label: integer, images: list(text) });
/** Photographs of a label. */
export type Exemplars = ShapeValue<typeof exemplarsShape>;

/** A stimulus with only an image and a label. */
export function plainStimulus(image: string, label: number): Stimulus {
  return { image, label, truth: null, runnersUp: [], foils: [], condition: "", group: "" };
}
