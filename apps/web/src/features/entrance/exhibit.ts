/**
 * The exhibit above the sign-in form: an elite of generation 60, evolved with CPPNs against LeNet by `npm run images -- --seed 1`, with the
 * confidence of its stored bytes. Imported on the server only, so that the page does not load the other images of the file.
 */
import computed from "../newRun/methodImages.json";

export interface Exhibit {
  /** A data URL. */
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly label: string;
  readonly confidence: number;
  readonly caption: string;
}

const shownClass = 8;
/** The last generation of that command. */
const generation = 60;

function findExhibit(): Exhibit {
  const found = computed.retrain.find((image) => image.class === shownClass);
  if (found?.confidence == null) throw new Error(`methodImages.json has no elite of class ${shownClass}.`);
  const { png, width, height, confidence } = found;
  return {
    url: `data:image/png;base64,${png}`,
    width,
    height,
    label: String(shownClass),
    confidence,
    caption: `An elite of generation ${generation}, evolved with CPPNs against LeNet`,
  };
}

export const exhibit = findExhibit();
