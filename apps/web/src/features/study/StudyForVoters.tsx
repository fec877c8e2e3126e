/** A study for labellers and viewers: nothing about its images, since labellers may vote on them. */
import type { StudyOnPageFragment } from "../../graphql/generated/graphql.ts";
import { ButtonLink } from "../marks/Button.tsx";
import { usePermissions } from "../permissions/usePermissions.ts";
import { PagePath } from "../shell/PagePath.tsx";
import { awaitingText } from "../studies/AwaitingImages.tsx";
import { StudyState } from "../studies/StudyState.tsx";
import { voteAddress } from "../studies/voteAddress.ts";

const notes: Record<StudyOnPageFragment["state"], string> = {
  DRAFT: "Researchers still edit this study. It has no votes yet.",
  OPEN: "People vote on this study. Its images and results are hidden from members who may vote on it.",
  PAUSED: "Voting is paused. Votes so far are kept.",
  CLOSED: "Voting has ended.",
  ARCHIVED: "Voting has ended, and the study is archived.",
};

export function StudyForVoters({ study }: { readonly study: StudyOnPageFragment }) {
  const { permits } = usePermissions();
  return (
    <div className="page">
      <PagePath steps={[{ label: "Studies", href: "/studies" }]} here={study.key} />
      <div className="pageHead">
        <div>
          <h1>{study.title}</h1>
          <p>
            <span className="n12 second">{study.key}</span>
          </p>
        </div>
        {study.state === "OPEN" && permits("vote:cast") ? (
          <ButtonLink look="primary" href={voteAddress(study.key)}>
            Vote
          </ButtonLink>
        ) : null}
      </div>
      <p>
        <StudyState state={study.state} />
      </p>
      <p className="second">
        {notes[study.state]}
        {study.imagesAwaitingSender > 0 ? ` You have ${awaitingText(study.imagesAwaitingSender)}.` : ""}
      </p>
    </div>
  );
}
