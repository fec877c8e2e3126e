"use client";
/** An opened study's title, state, key and hash, who opened it and when, and the buttons that change its state. */
import { needsCoding } from "@pareidolia/perception/protocols/registry";
import type { StudyDraft } from "@pareidolia/perception/study/studyDraft";
import type { StudyOnPageFragment } from "../../graphql/generated/graphql.ts";
import { ButtonLink } from "../marks/Button.tsx";
import { Link } from "../marks/Link.tsx";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { StudyState } from "../studies/StudyState.tsx";
import { describeProtocol } from "../studies/studySummary.ts";
import { voteAddress } from "../studies/voteAddress.ts";
import { shortHash } from "../studyBuilder/planHash.ts";
import { StudyControls } from "./StudyControls.tsx";
import styles from "./StudyView.module.css";

export function StudyHead({ study, draft }: { readonly study: StudyOnPageFragment; readonly draft: StudyDraft | null }) {
  return (
    <div className="pageHead">
      <div>
        <h1>{study.title}</h1>
        <p className={styles.meta}>
          <StudyState state={study.state} />
          <span>
            <span className="n12 second">{study.key}</span>
            {draft === null ? "" : `, ${describeProtocol(draft)}`}
            {study.openedAt ? (
              <>
                ; opened <RelativeTime time={study.openedAt} />
                {study.openedBy ? ` by ${study.openedBy.name}` : ""}
              </>
            ) : null}
            {study.closedAt ? (
              <>
                , closed <RelativeTime time={study.closedAt} />
              </>
            ) : null}
            {study.planHash ? (
              <>
                ; plan{" "}
                <span className="n12" title={study.planHash}>
                  {shortHash(study.planHash)}
                </span>
              </>
            ) : null}
            {study.forkedFrom ? (
              <>
                ; forked from{" "}
                <Link className="link" href={`/studies/${study.forkedFrom.key}`}>
                  {study.forkedFrom.key}
                </Link>
              </>
            ) : null}
            .
          </span>
        </p>
      </div>
      <div className="pageActions">
        <StudyControls study={study} />
        <ButtonLink href={`/studies/${study.key}/room`}>Norming rooms</ButtonLink>
        {draft?.phases.some(({ protocol }) => needsCoding(protocol)) === true ? (
          <ButtonLink href={`/studies/${study.key}/coding`}>Coding</ButtonLink>
        ) : null}
        <ButtonLink href={`/studies/${study.key}/results`}>Results</ButtonLink>
        {study.state === "OPEN" ? (
          <ButtonLink look="primary" href={voteAddress(study.key)}>
            Vote
          </ButtonLink>
        ) : null}
      </div>
    </div>
  );
}
