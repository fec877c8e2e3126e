/** In place of the images, plan and releases of a study in which the researcher still votes: that they vote blind, and until when. */
import type { StudyOnPageFragment } from "../../graphql/generated/graphql.ts";
import { ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { voteAddress } from "../studies/voteAddress.ts";

/** The API hides the plan of an opened study from those who vote in it, and shows it to all other researchers. */
export function votesBlind({ state, planText }: Pick<StudyOnPageFragment, "state" | "planText">): boolean {
  return state !== "DRAFT" && planText == null;
}

export function BlindNotice({ study: { key, state } }: { readonly study: Pick<StudyOnPageFragment, "key" | "state"> }) {
  return (
    <EmptyState
      title={`You vote blind in ${key}`}
      action={
        <>
          {state === "OPEN" ? <ButtonLink href={voteAddress(key)}>Go to my trials</ButtonLink> : null}
          <ButtonLink href={`/studies/${key}/room`}>Norming rooms</ButtonLink>
        </>
      }
    >
      Its images, labels, plan and results are hidden from you until you have finished your trials, and until the blind votes of your
      norming rooms are revealed.{state === "PAUSED" ? " Voting is paused: you can finish once it is resumed, or the study closes." : ""}
    </EmptyState>
  );
}
