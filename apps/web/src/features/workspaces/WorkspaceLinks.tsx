"use client";
/** The workspaces of the user, each a link to the same page in it. */
import { workspaceAddress } from "@pareidolia/core/workspaceAddress";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { WorkspaceSettingsDocument } from "../../graphql/generated/graphql.ts";
import { RequestError } from "../marks/ErrorState.tsx";
import { Link } from "../marks/Link.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import styles from "./Workspaces.module.css";

interface WorkspaceLinksProps {
  /** The page's address without a workspace. */
  readonly page: string;
  /** Slugs of the workspaces to list; all by default. */
  readonly among?: readonly string[];
}

export function WorkspaceLinks({ page, among }: WorkspaceLinksProps) {
  const { data, error, refetch } = useLiveQuery({ query: WorkspaceSettingsDocument });
  if (data === undefined)
    return error ? <RequestError message={error.message} onRetry={refetch} /> : <SkeletonLines count={2} height={48} />;
  const listed = data.viewer.workspaces.filter(({ slug, deletedAt }) => deletedAt == null && (among?.includes(slug) ?? true));
  return (
    <ul className={styles.rows} aria-label="Your workspaces">
      {listed.map(({ id, slug, name, role }) => (
        <li key={id}>
          <Link className="link" href={workspaceAddress(slug, page)}>
            {name}
          </Link>
          <span className="t12 muted">{role.toLowerCase()}</span>
        </li>
      ))}
    </ul>
  );
}
