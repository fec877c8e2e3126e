"use client";
/** The tab of a study in which researchers see who votes, assign images to members, and invite further labellers. */
import { useState } from "react";
import type { StudyImageRowFragment, StudyOnPageFragment } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { WholeListTools } from "../marks/WholeListTools.tsx";
import { InviteDialog } from "../members/InviteDialog.tsx";
import { usePermissions } from "../permissions/usePermissions.ts";
import { AssignBar } from "./AssignBar.tsx";
import { assignmentsFile, assignmentsQuery } from "./assignmentsFile.ts";
import { ChooseImages } from "./ChooseImages.tsx";
import { MemberTable } from "./MemberTable.tsx";
import type { MemberImages } from "./planAssignment.ts";
import styles from "./StudyMembers.module.css";
import { useAssignments } from "./useAssignments.ts";

interface StudyMembersProps {
  readonly study: Pick<StudyOnPageFragment, "id" | "key" | "state">;
  /** The counted images; undefined while they load. */
  readonly images: readonly StudyImageRowFragment[] | undefined;
  /** Why the images could not be loaded. */
  readonly imagesError: string | null;
  readonly classNames: readonly string[];
  /** Votes that the plan wants on each image. */
  readonly overlap: number | null;
  /** Counted images in one session. */
  readonly perSession: number | null;
}

const nothing: ReadonlySet<never> = new Set();

/** With its leading space; empty while the numbers are unknown. */
function sessionNote(perSession: number | null, all: number | undefined): string {
  if (perSession === null || all === undefined) return "";
  if (perSession < all) return ` A session has up to ${formatCount(perSession)} images.`;
  return ` By this plan, a session has all ${formatCount(all)} images that still need votes, so members also vote on images of others.`;
}

export function StudyMembers({ study, images, imagesError, classNames, overlap, perSession }: StudyMembersProps) {
  const { members, error, refetch, isSending, change } = useAssignments(study.id);
  const mayInvite = usePermissions().may("inviteMember");
  const [people, setPeople] = useState<ReadonlySet<string>>(nothing);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(nothing);
  const [isInviting, setInviting] = useState(false);
  const isOpen = study.state === "OPEN" || study.state === "PAUSED";
  if (members === undefined)
    return error === null ? <SkeletonLines count={5} height={40} /> : <RequestError message={error} onRetry={refetch} />;
  // A member who has joined since can no longer be chosen.
  const targets: MemberImages[] = members
    .filter(({ member, joined, mayVote }) => people.has(member.id) && !joined && mayVote)
    .map(({ member, images: own }) => ({ memberId: member.id, images: own }));
  const holders = new Map<number, string[]>();
  for (const { user, images: own } of members) for (const index of own) holders.set(index, [...(holders.get(index) ?? []), user.name]);
  const toggle = (memberId: string) => {
    const next = new Set(people);
    if (!next.delete(memberId)) next.add(memberId);
    setPeople(next);
  };
  const apply = async (after: readonly MemberImages[], title: string) => {
    if (await change(after, title)) setChosen(nothing);
  };
  return (
    <div className={styles.tab}>
      <section aria-labelledby="study-members">
        <div className="sectionHead">
          <h2 id="study-members">Members who may vote</h2>
          <span className={styles.headActions}>
            <Link className="link t12" href="/settings/members">
              Members and invitations
            </Link>
            <Button needs="inviteMember" onClick={() => setInviting(true)}>
              Invite a labeller
            </Button>
          </span>
        </div>
        <p className={`${styles.note} second`}>
          {isOpen
            ? "Assign images to members who have not joined yet. On joining, they get these images before others, as far as they still need votes."
            : "The study takes no votes, so assignments stay as they are."}
          {isOpen ? sessionNote(perSession, images?.length) : ""}
          {mayInvite ? "" : " An owner can invite further labellers."}
        </p>
        <WholeListTools name={`${study.key}-members`} rows={members} columns={assignmentsFile} query={assignmentsQuery(study.key)} />
        <MemberTable
          members={members}
          chosen={people}
          perSession={perSession}
          isOpen={isOpen}
          isBusy={isSending}
          onToggle={toggle}
          onChooseImages={(own) => setChosen(new Set(own))}
          onTakeBack={({ member, user }) =>
            void change([{ memberId: member.id, images: [] }], `The images of ${user.name} are taken back.`)
          }
        />
      </section>
      {isOpen && images === undefined ? (
        imagesError === null ? (
          <SkeletonLines count={4} height={56} />
        ) : (
          <p className="second">{imagesError}</p>
        )
      ) : null}
      {isOpen && images !== undefined ? (
        <>
          <ChooseImages images={images} classNames={classNames} overlap={overlap} holders={holders} chosen={chosen} onChoose={setChosen} />
          <AssignBar
            members={targets}
            images={[...chosen].sort((a, b) => a - b)}
            isBusy={isSending}
            onChange={(after, title) => void apply(after, title)}
          />
        </>
      ) : null}
      <InviteDialog open={isInviting} onClose={() => setInviting(false)} role="LABELLER" />
    </div>
  );
}
