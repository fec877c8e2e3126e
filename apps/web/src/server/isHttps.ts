/** Whether the browser uses HTTPS, as a reverse proxy says. */
export function isHttps(headers: Pick<Headers, "get">): boolean {
  return headers.get("x-forwarded-proto")?.split(",")[0]?.trim() === "https";
}
