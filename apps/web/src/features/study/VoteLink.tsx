"use client";
/** Where people vote: the address, as text to copy and as a QR code. */
import { useSyncExternalStore } from "react";
import type { StudyOnPageFragment } from "../../graphql/generated/graphql.ts";
import { CopyButton } from "../marks/CopyButton.tsx";
import { QrCode } from "../marks/QrCode.tsx";
import { voteAddress } from "../studies/studyRoles.ts";
import styles from "./StudyView.module.css";

const noSubscription = () => () => {};

export function VoteLink({ study }: { readonly study: StudyOnPageFragment }) {
  const origin = useSyncExternalStore(
    noSubscription,
    () => window.location.origin,
    () => "",
  );
  if (study.state !== "OPEN" && study.state !== "PAUSED") return null;
  const address = `${origin}${study.linkToken ? `/vote/${study.linkToken}` : voteAddress(study.key)}`;
  return (
    <section aria-labelledby="study-link">
      <div className="sectionHead">
        <h2 id="study-link">Where people vote</h2>
        <CopyButton text={address} label="Copy the link" />
      </div>
      <div className={styles.link}>
        <QrCode text={address} label="QR code of the link to vote" />
        <div>
          <code className={styles.address}>{address}</code>
          <p className="t12 muted">
            {study.linkToken
              ? "Every holder of this link can vote without an account, and members can vote when signed in."
              : "Only members of this workspace can vote: labellers, researchers and owners."}
            {study.state === "PAUSED" ? " Voting is paused." : ""}
          </p>
        </div>
      </div>
    </section>
  );
}
