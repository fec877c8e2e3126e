/** Where the web application's server finds the API. Read at run time, so that one build works everywhere. */
export function apiAddress(path: string): URL {
  return new URL(path, process.env["API_URL"] ?? "http://127.0.0.1:4000");
}
