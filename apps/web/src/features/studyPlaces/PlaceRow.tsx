/** A voter of a study: the place, the number of answers, and a button that removes a voter without answers. */
import type { PlaceOfVoterFragment } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { formatCount } from "../marks/numbers.ts";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import tableStyles from "../settings/SettingsTable.module.css";
import { isRemovable, placeStateNames } from "./placeStates.ts";

interface PlaceRowProps {
  readonly voter: PlaceOfVoterFragment;
  readonly isSending: boolean;
  readonly onRemove: () => void;
}

export function PlaceRow({ voter, isSending, onRemove }: PlaceRowProps) {
  const { pseudonym, anonymous, state, answers, joinedAt } = voter;
  return (
    <tr>
      <td>
        <span className="n12">{pseudonym}</span> {anonymous ? null : <span className="t12 muted">member</span>}
      </td>
      <td>{placeStateNames[state]}</td>
      <td className="right n12">{formatCount(answers)}</td>
      <td className={tableStyles.wide}>
        <RelativeTime time={joinedAt} />
      </td>
      <td className={tableStyles.actions}>
        {isRemovable(voter) ? (
          <Button look="quiet" needs="removeStudyVoters" disabled={isSending} aria-label={`Remove ${pseudonym}`} onClick={onRemove}>
            Remove
          </Button>
        ) : null}
      </td>
    </tr>
  );
}
