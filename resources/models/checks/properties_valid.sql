-- name: properties_valid
-- severity: error
-- scope: day
-- depends on: bronze_events
-- kept in: silver_events
-- kept because: The specification of silver changes only empty properties, to null. Metrics that read JSON skip the rest.
-- summary: Properties are empty, or a JSON object with two to five of the fourteen known keys.
SELECT *
FROM bronze_events
-- An unknown key becomes NULL, which list_count leaves out; text that is no JSON becomes NULL as a whole.
WHERE NOT COALESCE(
  list_count(TRY_CAST(TRY(json_keys(properties)) AS ENUM (
    'page_url', 'button_id', 'form_id', 'video_id', 'product_id', 'category', 'price', 'quantity', 'search_term',
    'filter_type', 'platform', 'browser', 'device_type', 'session_id'
  )[])) = len(TRY(json_keys(properties))) AND len(TRY(json_keys(properties))) BETWEEN 2 AND 5,
  COALESCE(properties, '') = ''
);
