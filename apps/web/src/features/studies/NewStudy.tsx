"use client";
/** The button that starts a study of the images of the latest finished run; without one, of no images yet. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { NewStudyDocument } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { useShortcut } from "../marks/useShortcut.ts";
import { usePermissions } from "../permissions/usePermissions.ts";
import { useCreateStudy } from "./useCreateStudy.ts";

export function NewStudy({ shortcut = false }: { readonly shortcut?: boolean }) {
  const { data } = useLiveQuery({ query: NewStudyDocument });
  const { may } = usePermissions();
  const { creating, create } = useCreateStudy();
  const run = data?.runs.nodes[0];
  const start = () => create({ runIds: run === undefined ? [] : [run.id] });
  const enabled = data !== undefined && !creating;
  useShortcut("n", start, { enabled: shortcut && enabled && may("createStudy"), preventDefault: true });
  return (
    <Button look="primary" needs="createStudy" {...(shortcut ? { shortcut: "N" } : {})} disabled={!enabled} onClick={start}>
      {creating ? "Drawing images" : shortcut || run === undefined ? "New study" : `New study of ${run.key}`}
    </Button>
  );
}
