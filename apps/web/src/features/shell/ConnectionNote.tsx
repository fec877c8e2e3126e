/** Says so when the API does not answer, over whatever page is open; goes when it does again. */
export function ConnectionNote({ answered }: { answered: boolean }) {
  return (
    <div role="status" aria-label="Connection">
      {answered ? null : (
        <p className="connectionNote t12">
          <b>The API does not answer.</b> What you see may be old. Runs go on without this page; it asks again every few seconds.
        </p>
      )}
    </div>
  );
}
