"use client";
/** The bar of the gallery's selection: how many images are selected, and the button that starts a study of them. */
import { Button } from "../marks/Button.tsx";
import floatStyles from "../marks/Float.module.css";
import { formatCount } from "../marks/numbers.ts";
import styles from "./AskAboutImages.module.css";
import { AskPeopleButton, maxAskedImages } from "./AskPeopleButton.tsx";

interface AskAboutImagesProps {
  /** IDs of images. */
  readonly selection: ReadonlySet<string>;
  onClear(): void;
}

export function AskAboutImages({ selection, onClear }: AskAboutImagesProps) {
  const isTooMany = selection.size > maxAskedImages;
  return (
    <div className={`${styles.bar} ${floatStyles.float}`} role="region" aria-label="Selection">
      <span role="status">
        <span className="n12">{formatCount(selection.size)}</span> selected
        {isTooMany ? `; a study has up to ${formatCount(maxAskedImages)} images chosen by hand` : ""}
      </span>
      <Button look="quiet" disabled={selection.size === 0} onClick={onClear}>
        Clear
      </Button>
      <AskPeopleButton label="Ask people" count={selection.size} imageIds={() => [...selection]} />
    </div>
  );
}
