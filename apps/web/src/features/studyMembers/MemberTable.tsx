/** The members who may vote in a study: a checkbox for an assignment, the assigned images, and how far each has come. */
import type { StudyMemberFragment } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { formatCount } from "../marks/numbers.ts";
import { roleName } from "../members/roles.ts";
import styles from "./StudyMembers.module.css";

interface MemberTableProps {
  readonly members: readonly StudyMemberFragment[];
  readonly chosen: ReadonlySet<string>;
  /** Counted images in one session. */
  readonly perSession: number | null;
  /** Whether images can be assigned now. */
  readonly isOpen: boolean;
  readonly isBusy: boolean;
  readonly onToggle: (memberId: string) => void;
  readonly onChooseImages: (images: readonly number[]) => void;
  readonly onTakeBack: (member: StudyMemberFragment) => void;
}

export function MemberTable(props: MemberTableProps) {
  const { members, chosen, perSession, isOpen, isBusy, onToggle, onChooseImages, onTakeBack } = props;
  return (
    <table className={styles.members}>
      <thead>
        <tr>
          <th scope="col">Member</th>
          <th scope="col" className="right">
            Assigned
          </th>
          <th scope="col">Answered</th>
          <th scope="col" className={styles.wide}>
            State
          </th>
          <th scope="col">
            <span className="visuallyHidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {members.map((row) => {
          const { member, user, images, joined, mayVote } = row;
          const count = images.length;
          return (
            <tr key={member.id}>
              <td>
                <label className={styles.member}>
                  <input
                    type="checkbox"
                    checked={chosen.has(member.id)}
                    disabled={!isOpen || joined || !mayVote}
                    title={joined ? `${user.name} has joined, so the images stay as they are.` : undefined}
                    onChange={() => onToggle(member.id)}
                  />
                  <span>
                    {user.name} <span className="t12 muted">{roleName(member.role).toLowerCase()}</span>
                  </span>
                </label>
              </td>
              <td className="right n12">
                {count === 0 ? (
                  <span className="muted">0</span>
                ) : (
                  <button
                    type="button"
                    className="link"
                    aria-label={`Choose the ${formatCount(count)} images of ${user.name}`}
                    onClick={() => onChooseImages(images)}
                  >
                    {formatCount(count)}
                  </button>
                )}
              </td>
              <td>
                <Progress row={row} />
              </td>
              <td className={`${styles.wide} t12 second`}>
                {stateOf(row)}
                {perSession !== null && count > perSession && !joined ? (
                  <span className={styles.tooMany}>A session has {formatCount(perSession)} images.</span>
                ) : null}
              </td>
              <td className="right">
                {isOpen && !joined && count > 0 ? (
                  <Button
                    needs="assignStudyImages"
                    look="quiet"
                    disabled={isBusy}
                    aria-label={`Take back all images of ${user.name}`}
                    onClick={() => onTakeBack(row)}
                  >
                    Take back
                  </Button>
                ) : null}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Of the assigned images; of all trials for a member who joined without an assignment. */
function Progress({ row }: { readonly row: StudyMemberFragment }) {
  const { user, images, answered, joined, answeredTrials, trials } = row;
  const [done, all] = images.length > 0 ? [answered, images.length] : [answeredTrials, trials];
  if (all === 0) return <span className="t12 muted">{joined ? "" : "no images yet"}</span>;
  const unit = images.length > 0 ? "" : " trials";
  return (
    <span className={styles.progress}>
      <span className="n12">
        {formatCount(done)}
        <span className="muted">
          {" "}
          / {formatCount(all)}
          {unit}
        </span>
      </span>
      <span
        className={styles.track}
        role="progressbar"
        aria-label={`Progress of ${user.name}`}
        aria-valuemin={0}
        aria-valuemax={all}
        aria-valuenow={done}
      >
        <i style={{ width: `${Math.min(1, done / all) * 100}%` }} />
      </span>
    </span>
  );
}

function stateOf({ joined, finished, mayVote }: StudyMemberFragment): string {
  if (!mayVote) return "may no longer vote";
  if (finished) return "finished";
  return joined ? "voting" : "not joined";
}
