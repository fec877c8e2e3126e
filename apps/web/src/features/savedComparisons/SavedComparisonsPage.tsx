"use client";
/** The saved comparisons of the workspace, newest first. */
import { type ListedComparisonFragment, SavedComparisonsDocument } from "../../graphql/generated/graphql.ts";
import { PagedList } from "../live/PagedList.tsx";
import { ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { Link } from "../marks/Link.tsx";
import { Menu } from "../marks/Menu.tsx";
import { formatCount } from "../marks/numbers.ts";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import styles from "./SavedComparisons.module.css";
import { savedComparisonsFile, savedComparisonsQuery } from "./savedComparisonsFile.ts";
import { useSavedComparisonChanges } from "./useSavedComparisonChanges.ts";

export function SavedComparisonsPage() {
  return (
    <div className="page">
      <PagePath steps={[{ label: "Experiments", href: "/experiments" }]} here="Comparisons" />
      <div className="pageHead">
        <div>
          <h1>Comparisons</h1>
          <p>Runs side by side, as they were when a member saved them.</p>
        </div>
        <div className="pageActions">
          <ButtonLink look="primary" href="/compare">
            Compare runs
          </ButtonLink>
        </div>
      </div>
      <PagedList
        document={SavedComparisonsDocument}
        variables={{}}
        pageOf={({ savedComparisons }) => savedComparisons}
        noun="comparison"
        file={{ name: "comparisons", columns: savedComparisonsFile, query: savedComparisonsQuery }}
        rowHeight={57}
        className={styles.list}
        empty={
          <EmptyState title="No saved comparisons yet" action={<ButtonLink href="/compare">Compare runs</ButtonLink>}>
            Compare runs and choose “Save comparison” to keep what you see, with your notes, for the workspace.
          </EmptyState>
        }
      >
        {(row) => <ComparisonItem key={row.id} row={row} />}
      </PagedList>
    </div>
  );
}

function ComparisonItem({ row }: { readonly row: ListedComparisonFragment }) {
  const { remove } = useSavedComparisonChanges();
  const { key, title, entries, createdAt, createdBy, generation, mayEdit } = row;
  const runs = entries.reduce((sum, entry) => sum + entry.runs.length, 0);
  return (
    <li className={styles.listRow}>
      <span className="n12 muted">{key}</span>
      <span className={styles.listName}>
        <Link className="link" href={`/comparisons/${key}`}>
          {title}
        </Link>
        <span className={`t12 muted ${styles.listEntries}`}>{entries.map(({ name }) => name).join(", ")}</span>
      </span>
      <span className="t12 muted">
        <span className="n12">{formatCount(runs)}</span> {runs === 1 ? "run" : "runs"}
        {generation < 0 ? null : (
          <>
            , gen <span className="n12">{formatCount(generation)}</span>
          </>
        )}
      </span>
      <span className={`t12 muted ${styles.listTime}`}>
        {createdBy?.name ?? "A former member"}, <RelativeTime time={createdAt} />
      </span>
      {mayEdit ? (
        <Menu label={`Actions on ${key}`} items={[{ label: "Delete", needs: "deleteSavedComparison", onSelect: () => void remove(row) }]} />
      ) : (
        <span />
      )}
    </li>
  );
}
