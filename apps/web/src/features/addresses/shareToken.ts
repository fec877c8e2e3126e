/** Adds the secret part of an experiment's link to an address of the API, for a browser, which sends no headers with images and files. */
export function withShareToken(address: string, token: string | null): string {
  return token === null ? address : `${address}${address.includes("?") ? "&" : "?"}share=${token}`;
}
