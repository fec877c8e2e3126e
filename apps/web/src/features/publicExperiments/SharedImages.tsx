"use client";
/** Images of a shared run with label and confidence. Each opens on the run's page. */
import { Confidence } from "../marks/Confidence.tsx";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { InPlaceLink } from "../marks/InPlaceLink.tsx";
import { PixelImage, wholePixels } from "../marks/PixelImage.tsx";
import styles from "./Public.module.css";
import { runPath } from "./sharedAddresses.ts";
import { useSharedPlace } from "./sharedPlace.ts";
import { describeImage, type SharedImage } from "./sharedText.ts";

interface SharedImagesProps {
  readonly runId: string;
  readonly images: readonly SharedImage[];
  /** On the run's page itself. */
  readonly onOpen?: (id: string) => void;
}

export function SharedImages({ runId, images, onOpen }: SharedImagesProps) {
  const place = useSharedPlace();
  return (
    <ul className={styles.images}>
      {images.map(({ id, label, confidence, claimed, detail, image }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an imported run may contain the same image twice
        <li key={`${id} ${index}`} style={wholePixels(image.width)}>
          <InPlaceLink className={styles.image} href={runPath(place, runId, id)} onOpen={onOpen === undefined ? null : () => onOpen(id)}>
            <PixelImage image={image} zoom={1} alt={describeImage({ label, confidence })} fluid />
            <ConfidenceBar className={styles.bar} value={confidence} />
            <span className={styles.caption}>
              <b title={label}>{label}</b>
              {confidence === null ? <span className="n12 muted">{claimed ?? ""}</span> : <Confidence value={confidence} size="n12" />}
            </span>
            {detail === undefined ? null : <span className="t12 muted">{detail}</span>}
          </InPlaceLink>
        </li>
      ))}
    </ul>
  );
}
