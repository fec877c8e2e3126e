/** The disputed image, and below it what the machine says, once the blind votes are revealed. */
import { Confidence } from "../marks/Confidence.tsx";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { PixelImage } from "../marks/PixelImage.tsx";
import styles from "./Norming.module.css";
import type { LoadedImage } from "./roomImage.ts";

export function RoomExhibit({ image }: { readonly image: LoadedImage }) {
  return (
    <figure className={styles.exhibit}>
      <PixelImage image={image} zoom={1} alt={`Image ${image.place + 1} of the room`} fluid />
      <figcaption>
        {image.machine == null ? (
          <p className="t12 muted">The machine’s label is shown after the blind vote.</p>
        ) : (
          <>
            <p className={styles.machine}>
              <b>{image.machine.name}</b>
              <span className="t12 muted">the machine, shown after the blind vote</span>
              <Confidence value={image.confidence} size="n12" />
            </p>
            <ConfidenceBar value={image.confidence} className={styles.machineBar} />
          </>
        )}
      </figcaption>
    </figure>
  );
}
