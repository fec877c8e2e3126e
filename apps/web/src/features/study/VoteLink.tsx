"use client";
/** Where people vote: the address, as text to copy and as a QR code. */
import { useSyncExternalStore } from "react";
import type { StudyOnPageFragment } from "../../graphql/generated/graphql.ts";
import { useAddress } from "../addresses/navigation.ts";
import { CopyButton } from "../marks/CopyButton.tsx";
import { QrCode } from "../marks/QrCode.tsx";
import { voteAddress } from "../studies/voteAddress.ts";
import { votesBlind } from "./BlindNotice.tsx";
import styles from "./StudyView.module.css";

const noSubscription = () => () => {};

export type StudyOfLink = Pick<StudyOnPageFragment, "state" | "access" | "key" | "linkToken" | "planText">;

export function VoteLink({ study }: { readonly study: StudyOfLink }) {
  const origin = useSyncExternalStore(
    noSubscription,
    () => window.location.origin,
    () => "",
  );
  const whole = useAddress();
  if (study.state !== "OPEN" && study.state !== "PAUSED") return null;
  const paused = study.state === "PAUSED" ? " Voting is paused." : "";
  if (study.access === "LINK" && votesBlind(study))
    return (
      <section aria-labelledby="study-link">
        <div className="sectionHead">
          <h2 id="study-link">Where people vote</h2>
        </div>
        <p className="second">
          Every holder of its link can vote without an account. The link is hidden from you while you vote blind in this study.{paused}
        </p>
      </section>
    );
  const address = `${origin}${whole(study.linkToken ? `/vote/${study.linkToken}` : voteAddress(study.key))}`;
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
            {study.access === "LINK"
              ? "Every holder of this link can vote without an account, and members can vote when signed in."
              : "Only members of this workspace can vote: labellers, researchers and owners."}
            {paused}
          </p>
        </div>
      </div>
    </section>
  );
}
