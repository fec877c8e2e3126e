"use client";
/** How much one voter loads, before the study opens: on a slow network, that decides how long a session takes. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { SessionWeightDocument } from "../../graphql/generated/graphql.ts";
import { KeyRow } from "../marks/KeyRow.tsx";

const bytesOfMegabyte = 1_000_000;
/** A slow mobile network. */
const slowBytesPerSecond = 50_000;

function weightText(bytes: number): string {
  const megabytes = Math.max(0.1, bytes / bytesOfMegabyte);
  const seconds = Math.ceil(bytes / slowBytesPerSecond);
  const time = seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  return `about ${megabytes.toLocaleString("en", { maximumFractionDigits: megabytes < 10 ? 1 : 0 })} MB, ${time} at 50 KB/s`;
}

/** Give it another key with each saved draft, whose images may be others. */
export function SessionWeight({ studyId }: { readonly studyId: string }) {
  const { data } = useLiveQuery({ query: SessionWeightDocument, variables: { id: studyId }, requestPolicy: "cache-and-network" });
  const bytes = data?.node?.__typename === "Study" ? data.node.sessionBytes : undefined;
  return (
    <KeyRow name="Images of a voter" number>
      {bytes === undefined ? "being measured" : bytes === null ? "unknown" : weightText(bytes)}
    </KeyRow>
  );
}
