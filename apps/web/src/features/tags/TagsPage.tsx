"use client";
/** The tags of the workspace with the number of runs and experiments of each. Owners and researchers rename, merge and delete them. */
import { parseAsString, useQueryState } from "nuqs";
import { useRef } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { TagListDocument } from "../../graphql/generated/graphql.ts";
import { useFallbackPoll } from "../live/useFallbackPoll.ts";
import { useWorkspaceChanges } from "../live/useWorkspaceChanges.ts";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { ListTools } from "../marks/ListTools.tsx";
import { PagedRows } from "../marks/PagedRows.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { useShortcut } from "../marks/useShortcut.ts";
import { SettingsPage } from "../settings/SettingsPage.tsx";
import tableStyles from "../settings/SettingsTable.module.css";
import { TagRow } from "./TagRow.tsx";
import styles from "./TagsPage.module.css";
import { tagsFile, tagsQuery } from "./tagsFile.ts";

const columns = 4;

export function TagsPage() {
  const [search, setSearch] = useQueryState("q", parseAsString.withDefault("").withOptions({ throttleMs: 200 }));
  const field = useRef<HTMLInputElement>(null);
  const poll = useFallbackPoll();
  const variables = { search: search === "" ? null : search.slice(0, 200) };
  const { data, error, refetch } = useLiveQuery({ query: TagListDocument, variables: { ...variables, after: null }, poll });
  useWorkspaceChanges(null, refetch);
  useShortcut("/", () => field.current?.focus(), { preventDefault: true, useKey: true });
  return (
    <SettingsPage tab="Tags" names={["q"]} summary="Words that members put on runs and experiments. A search finds them by tag = NAME.">
      <div className={styles.filter}>
        <input
          ref={field}
          className="input"
          type="search"
          aria-label="Filter tags"
          placeholder="Filter by name"
          value={search}
          onChange={(event) => void setSearch(event.target.value || null)}
          onKeyDown={(event) => {
            if (event.key === "Escape") event.currentTarget.blur();
          }}
        />
        <kbd aria-hidden="true">/</kbd>
      </div>
      {data === undefined ? (
        error ? (
          <RequestError message={error.message} onRetry={refetch} />
        ) : (
          <SkeletonLines count={5} height={48} />
        )
      ) : data.tags.totalCount === 0 ? (
        <EmptyState title={search === "" ? "No tags yet" : "No tag has this text"}>
          {search === ""
            ? "Select runs or experiments in their lists and press T, or add a tag on their pages."
            : "Clear the filter to see all tags."}
        </EmptyState>
      ) : (
        <>
          <ListTools
            name="tags"
            document={TagListDocument}
            variables={variables}
            pageOf={({ tags }) => tags}
            columns={tagsFile}
            query={tagsQuery}
          />
          <table className={`${tableStyles.table} ${tableStyles.tall}`}>
            <thead>
              <tr>
                <th scope="col">Tag</th>
                <th scope="col" className="right">
                  Runs
                </th>
                <th scope="col" className="right">
                  Experiments
                </th>
                <th scope="col" className={tableStyles.actions}>
                  <span className="visuallyHidden">Actions</span>
                </th>
              </tr>
            </thead>
            <PagedRows query={TagListDocument} variables={variables} pageOf={({ tags }) => tags} columns={columns} poll={poll}>
              {(tag) => <TagRow key={tag.id} tag={tag} onChanged={refetch} />}
            </PagedRows>
          </table>
        </>
      )}
      <p className={`${tableStyles.foot} t12 muted`}>
        A tag’s colour follows from its name. Runs and experiments in the trash are not counted. A tag of something locked is neither
        renamed nor deleted.
      </p>
    </SettingsPage>
  );
}
