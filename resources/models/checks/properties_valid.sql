-- name: properties_valid
-- severity: error
-- scope: day
-- depends on: bronze_events
-- summary: Properties are a JSON object with two to five of the fourteen known keys, or empty.
SELECT *
FROM bronze_events
-- A known key counts 1, any other 100: one pass over the keys tells whether there are two to five and all are known.
WHERE properties <> '' AND NOT COALESCE(
  list_sum(list_transform(TRY(json_keys(properties)), lambda key: CASE WHEN key IN (
    'page_url', 'button_id', 'form_id', 'video_id', 'product_id', 'category', 'price', 'quantity', 'search_term',
    'filter_type', 'platform', 'browser', 'device_type', 'session_id'
  ) THEN 1 ELSE 100 END)) BETWEEN 2 AND 5,
  false
);
