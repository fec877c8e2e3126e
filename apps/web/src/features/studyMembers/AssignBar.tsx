/** What the chosen members and images can be made of: assign them all, split them, or take them back. */
import { Button } from "../marks/Button.tsx";
import { formatCount } from "../marks/numbers.ts";
import { giveToEach, type MemberImages, splitEvenly, takeBack } from "./planAssignment.ts";
import styles from "./StudyMembers.module.css";

interface AssignBarProps {
  /** The chosen members, with the images that they have. */
  readonly members: readonly MemberImages[];
  /** The chosen images. */
  readonly images: readonly number[];
  readonly isBusy: boolean;
  readonly onChange: (after: readonly MemberImages[], title: string) => void;
}

const plural = (count: number, noun: string): string => `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;

function describe(images: number, members: number): string {
  if (images === 0) return members === 0 ? "Choose members and images." : `${plural(members, "member")}. Choose images, too.`;
  return members === 0 ? `${plural(images, "image")}. Choose members, too.` : `${plural(images, "image")}, ${plural(members, "member")}.`;
}

export function AssignBar({ members, images, isBusy, onChange }: AssignBarProps) {
  const isReady = !isBusy && members.length > 0 && images.length > 0;
  const [some, people] = [plural(images.length, "image"), plural(members.length, "member")];
  const returned = takeBack(members, images);
  return (
    <div className={styles.bar} role="group" aria-label="Assign">
      <div className={styles.barActions}>
        <Button
          look="quiet"
          needs="assignStudyImages"
          disabled={!isReady || returned.length === 0}
          onClick={() => onChange(returned, `${some} taken back.`)}
        >
          Take back
        </Button>
        {members.length > 1 ? (
          <Button
            needs="assignStudyImages"
            disabled={!isReady}
            onClick={() => onChange(splitEvenly(members, images), `${some} split among ${people}.`)}
            title={`About ${formatCount(Math.ceil(images.length / members.length))} images each`}
          >
            Split evenly
          </Button>
        ) : null}
        <Button
          look="primary"
          needs="assignStudyImages"
          disabled={!isReady}
          onClick={() => onChange(giveToEach(members, images), `${some} assigned to ${people}.`)}
        >
          {members.length > 1 ? "Assign to each" : "Assign"}
        </Button>
      </div>
      <p className="t12 second">{describe(images.length, members.length)}</p>
    </div>
  );
}
