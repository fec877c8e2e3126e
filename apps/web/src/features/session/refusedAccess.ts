/** The API's error codes for a request without a session, and for a user who belongs to no workspace or is suspended in each. */
const codes: ReadonlySet<unknown> = new Set(["UNAUTHENTICATED", "NO_WORKSPACE"]);

interface ApiError {
  readonly message: string;
  readonly extensions?: { readonly [name: string]: unknown };
}

/** The error by which the API refused a user access to any workspace; undefined for other errors. */
export function findRefusedAccess<Problem extends ApiError>(errors: readonly Problem[] | undefined): Problem | undefined {
  return errors?.find(({ extensions }) => codes.has(extensions?.["code"]));
}
