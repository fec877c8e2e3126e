"use client";
/** Loads all images of a study, of every role, again when `version` changes. The previous images stay until then. */
import { useEffect, useState } from "react";
import { useClient } from "urql";
import { loadAllPages } from "../../graphql/client/allPages.ts";
import { type StudyImageRole, type StudyImageRowFragment, StudyImagesDocument } from "../../graphql/generated/graphql.ts";

const roles: readonly StudyImageRole[] = ["COUNTED", "GOLD", "NOISE", "CANARY", "EXEMPLAR"];

interface LoadedImages {
  readonly version: string;
  readonly images: readonly StudyImageRowFragment[];
}

export interface StudyImages {
  /** By role, then place; undefined until they are loaded. */
  readonly images: readonly StudyImageRowFragment[] | undefined;
  /** Whether `images` belong to an earlier version. */
  readonly isStale: boolean;
  readonly error: string | null;
  readonly refetch: () => void;
}

export function useStudyImages(studyId: string, version: string): StudyImages {
  const client = useClient();
  const [loaded, setLoaded] = useState<LoadedImages | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version or attempt repeats the requests
  useEffect(() => {
    let current = true;
    const load = (role: StudyImageRole) =>
      loadAllPages<StudyImageRowFragment>(async (after) => {
        const { data, error: failure } = await client
          .query(StudyImagesDocument, { id: studyId, role, after }, { requestPolicy: "network-only" })
          .toPromise();
        return { page: data?.node?.__typename === "Study" ? data.node.images : undefined, error: failure };
      });
    void Promise.all(roles.map(load)).then((results) => {
      if (!current) return;
      const failed = results.find((result) => "error" in result);
      setError(failed !== undefined && "error" in failed ? failed.error : null);
      if (failed === undefined) setLoaded({ version, images: results.flatMap((result) => ("nodes" in result ? result.nodes : [])) });
    });
    return () => {
      current = false;
    };
  }, [client, studyId, version, attempt]);
  return {
    images: loaded?.images,
    isStale: loaded !== null && loaded.version !== version,
    error,
    refetch: () => setAttempt((count) => count + 1),
  };
}
