-- The column "duration" of the table of runs is called "elapsed", beside "waited" and "computed". Searches still find it by its former name.
UPDATE "views" SET "columns" = array_replace("columns", 'duration', 'elapsed'),
  "sort" = CASE "sort" WHEN 'duration' THEN 'elapsed' WHEN '-duration' THEN '-elapsed' ELSE "sort" END
  WHERE "list" = 'RUNS' AND ('duration' = ANY ("columns") OR "sort" IN ('duration', '-duration'));
