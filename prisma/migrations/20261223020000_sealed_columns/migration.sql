-- Columns that no other row, image or network gives again, and that nothing changes once they are written: what people answered and decided,
-- what a member saved, what another program stated, and how a network was described. `seals` has a hash of each, by its name. A trigger
-- writes the hashes and refuses another value, and `npm run store -- check` compares them, so that a change without the trigger is named.

-- The first 64 bits of the hash of each column, as JSON with times in UTC whatever the session's time zone.
CREATE FUNCTION "seals_of"("row" ANYELEMENT, "columns" TEXT[]) RETURNS JSONB LANGUAGE plpgsql STABLE SET "TimeZone" = 'UTC' AS $$
DECLARE
  document JSONB := to_jsonb("row");
  seals JSONB := '{}';
  c TEXT;
BEGIN
  FOREACH c IN ARRAY "columns" LOOP
    seals := seals || jsonb_build_object(c, encode(substr(sha256(convert_to((document -> c)::text, 'UTF8')), 1, 8), 'hex'));
  END LOOP;
  RETURN seals;
END $$;

-- Its arguments are the sealed columns.
CREATE FUNCTION "seal_row"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before JSONB;
  after JSONB;
  c TEXT;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    before := to_jsonb(OLD);
    after := to_jsonb(NEW);
    FOREACH c IN ARRAY TG_ARGV LOOP
      IF before -> c IS DISTINCT FROM after -> c THEN
        RAISE EXCEPTION 'The column % of % cannot be changed once it is written.', c, TG_TABLE_NAME USING ERRCODE = 'check_violation';
      END IF;
    END LOOP;
  END IF;
  NEW."seals" := "seals_of"(NEW, TG_ARGV);
  RETURN NEW;
END $$;

-- Seals these columns of the table, also of the rows that it has. An update of other columns, such as the counts of votes of a study's images,
-- does not start the trigger. Rows of the origin that is left out have no seals.
CREATE FUNCTION "seal_columns"("table" TEXT, "except" TEXT, VARIADIC "columns" TEXT[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  of_rows TEXT := CASE WHEN "except" IS NULL THEN 'true' ELSE format('%%s."origin" <> %L', "except") END;
  names TEXT := (SELECT string_agg(quote_ident(c), ', ') FROM unnest("columns") c);
  arguments TEXT := (SELECT string_agg(quote_literal(c), ', ') FROM unnest("columns") c);
BEGIN
  EXECUTE format('ALTER TABLE %I ADD COLUMN "seals" JSONB NOT NULL DEFAULT ''{}''', "table");
  EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', "table");
  EXECUTE format('UPDATE %I x SET "seals" = "seals_of"(x, $1) WHERE %s', "table", replace(of_rows, '%s', 'x'))
    USING "columns";
  EXECUTE format('ALTER TABLE %I ENABLE TRIGGER USER', "table");
  EXECUTE format('CREATE TRIGGER %I BEFORE INSERT ON %I FOR EACH ROW WHEN (%s) EXECUTE FUNCTION "seal_row"(%s)',
    "table" || '_sealed', "table", replace(of_rows, '%s', 'NEW'), arguments);
  EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OF %s, "seals" ON %I FOR EACH ROW WHEN (%s) EXECUTE FUNCTION "seal_row"(%s)',
    "table" || '_unchanged', names, "table", replace(of_rows, '%s', 'OLD'), arguments);
END $$;

SELECT "seal_columns"('votes', NULL, 'timing', 'voted_at');
SELECT "seal_columns"('vote_revisions', NULL, 'answer', 'response_ms', 'timing', 'voted_at');
SELECT "seal_columns"('study_images', NULL, 'source');
SELECT "seal_columns"('coded_texts', NULL, 'text');
SELECT "seal_columns"('text_codes', NULL, 'kind', 'label', 'coded_at');
SELECT "seal_columns"('text_decisions', NULL, 'kind', 'label', 'reason', 'decided_at');
SELECT "seal_columns"('norming_votes', NULL, 'label', 'voted_at');
SELECT "seal_columns"('norming_comments', NULL, 'text', 'created_at');
SELECT "seal_columns"('norming_decisions', NULL, 'outcome', 'label', 'reason', 'decided_at');
SELECT "seal_columns"('imported_images', NULL, 'niche', 'label', 'claimed', 'generation', 'source_id', 'source_parent_id');
SELECT "seal_columns"('saved_comparisons', NULL, 'entries', 'generation', 'baseline', 'snapshot', 'created_at');
-- Each start writes the product's networks from their manifest, with which the check compares them instead.
SELECT "seal_columns"('models', 'zoo', 'origin', 'description', 'licence', 'source', 'url', 'width', 'height', 'channels', 'labels', 'label_space',
  'preprocessing', 'created_at');

-- The seals refuse these changes.
DROP TRIGGER "norming_decisions_keep" ON "norming_decisions";
DROP TRIGGER "text_decisions_keep" ON "text_decisions";
