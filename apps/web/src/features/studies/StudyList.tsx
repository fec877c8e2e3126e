"use client";
/** The table of studies. Its pages are polled. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { StudiesDocument, type StudyFilter } from "../../graphql/generated/graphql.ts";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { ListTools } from "../marks/ListTools.tsx";
import { formatTotal } from "../marks/numbers.ts";
import { PagedRows } from "../marks/PagedRows.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { NewStudy } from "./NewStudy.tsx";
import styles from "./Studies.module.css";
import { StudyRow } from "./StudyRow.tsx";
import { studiesFile, studiesQuery } from "./studiesFile.ts";

const pollMilliseconds = 5_000;
const columns = 7;

interface StudyListProps {
  /** Keys of studies to compare. */
  readonly selected: readonly string[];
  onToggle(key: string): void;
  readonly filter: StudyFilter;
  readonly filtered: boolean;
}

export function StudyList({ filter, filtered, selected, onToggle }: StudyListProps) {
  const { data, error, refetch } = useLiveQuery({ query: StudiesDocument, variables: { filter, after: null }, poll: pollMilliseconds });
  if (!data) return error ? <RequestError message={error.message} onRetry={refetch} /> : <SkeletonLines count={6} height={56} />;
  if (data.studies.totalCount === 0)
    return filtered ? (
      <EmptyState title="No matching studies">No study in this view has the text in its key or title.</EmptyState>
    ) : (
      <EmptyState title="No studies yet" action={<NewStudy />}>
        A study shows images to people, who vote on what they see. A new one starts with images of the latest finished run, which you can
        change before it opens. Archived studies are listed under “Archived”.
      </EmptyState>
    );
  return (
    <>
      <ListTools
        name="studies"
        document={StudiesDocument}
        variables={{ filter }}
        pageOf={({ studies }) => studies}
        columns={studiesFile}
        query={studiesQuery}
      >
        <span className="n12">{formatTotal(data.studies.totalCount, data.studies.totalCountIsCapped)}</span>{" "}
        {data.studies.totalCount === 1 ? "study" : "studies"}
      </ListTools>
      <table className={styles.studyTable}>
        <thead>
          <tr>
            <th scope="col" className={styles.select}>
              <span className="visuallyHidden">Select to compare</span>
            </th>
            <th scope="col" className={styles.wide}>
              <span className="visuallyHidden">Images</span>
            </th>
            <th scope="col">Study</th>
            <th scope="col">State</th>
            <th scope="col">Votes, of those needed</th>
            <th scope="col" className={`right ${styles.wide}`}>
              Voters
            </th>
            <th scope="col" className={`right ${styles.wide}`}>
              Last vote
            </th>
          </tr>
        </thead>
        <PagedRows
          query={StudiesDocument}
          variables={{ filter }}
          pageOf={({ studies }) => studies}
          columns={columns}
          poll={pollMilliseconds}
        >
          {(study) => (
            <StudyRow
              key={study.id}
              study={study}
              isSelected={selected.includes(study.key)}
              onToggle={study.state === "DRAFT" ? null : () => onToggle(study.key)}
            />
          )}
        </PagedRows>
      </table>
    </>
  );
}
