-- An analysis can be cancelled while it is queued or running. What it had stored by then is kept.
ALTER TYPE "WorkState" ADD VALUE 'CANCELLED';
