-- The object that holds a link's images is named by the key "images" of its metrics.
UPDATE chain_links
SET metrics = (metrics - 'pictures') || jsonb_build_object('images', metrics -> 'pictures')
WHERE metrics ? 'pictures';
