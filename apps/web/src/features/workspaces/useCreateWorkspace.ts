"use client";
/** Creates a workspace and opens it, with a new document. */
import { workspaceAddress } from "@pareidolia/core/workspaceAddress";
import { useState } from "react";
import { useMutation } from "urql";
import { CreateWorkspaceDocument } from "../../graphql/generated/graphql.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";

interface WorkspaceCreation {
  readonly busy: boolean;
  /** Resolves to the reason if the workspace was not created. */
  create(name: string): Promise<string | null>;
}

export function useCreateWorkspace(): WorkspaceCreation {
  const [busy, setBusy] = useState(false);
  const [, send] = useMutation(CreateWorkspaceDocument);
  return {
    busy,
    async create(name) {
      setBusy(true);
      const { data, error } = await send({ name });
      const answer = data?.createWorkspace;
      if (answer?.__typename === "WorkspaceSuccess") {
        location.assign(workspaceAddress(answer.membership.slug, "/"));
        return null;
      }
      setBusy(false);
      return mutationProblem(answer, error);
    },
  };
}
