/** Says how many images of a study are assigned to the user and await votes, with the way to vote. Empty for none. */
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import styles from "./Studies.module.css";
import { voteAddress } from "./voteAddress.ts";

interface AwaitingImagesProps {
  readonly study: { readonly key: string; readonly state: string; readonly imagesAwaitingSender: number };
}

/** `12 images assigned to you`. */
export function awaitingText(images: number): string {
  return `${formatCount(images)} ${images === 1 ? "image" : "images"} assigned to you`;
}

export function AwaitingImages({ study: { key, state, imagesAwaitingSender } }: AwaitingImagesProps) {
  if (imagesAwaitingSender === 0) return null;
  const text = awaitingText(imagesAwaitingSender);
  return (
    <span className={styles.awaiting}>
      {state === "OPEN" ? (
        <Link className="link people" href={voteAddress(key)}>
          {text}
        </Link>
      ) : (
        <span className="people">{text}</span>
      )}
    </span>
  );
}
