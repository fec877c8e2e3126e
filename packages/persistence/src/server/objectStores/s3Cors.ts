/**
 * Lets pages of other origins post files to a bucket. The rule can allow every origin, because a post needs a signed policy and carries no
 * cookie; it allows no reading.
 */
import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import type { Client } from "minio";
import { codeOf } from "./s3Failure.ts";

const rules =
  "<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>POST</AllowedMethod><AllowedHeader>*</AllowedHeader>" +
  "<MaxAgeSeconds>3600</MaxAgeSeconds></CORSRule></CORSConfiguration>";

/**
 * Sets the rule if the bucket has none. Rules of the operator stay as they are, and servers that have no such rules, or refuse to change
 * them for our keys, are left alone.
 */
export async function allowBrowserPosts(client: Client, bucketName: string): Promise<void> {
  const request = { bucketName, query: "cors" };
  try {
    const found = await client.makeRequestAsync({ ...request, method: "GET" });
    await buffer(found);
  } catch (cause) {
    if (codeOf(cause) !== "NoSuchCORSConfiguration") return;
    const headers = { "Content-MD5": createHash("md5").update(rules).digest("base64") };
    await client.makeRequestAsyncOmit({ ...request, method: "PUT", headers }, rules).catch(() => undefined);
  }
}
