-- name: properties_valid
-- severity: error
-- scope: day
-- depends on: bronze_events
-- summary: Properties are a JSON object with two to five of the fourteen known keys, or empty.
SELECT *
FROM bronze_events
WHERE properties <> '' AND CASE
  WHEN NOT json_valid(properties) THEN true
  ELSE len(json_keys(properties)) NOT BETWEEN 2 AND 5
    OR len(list_filter(json_keys(properties), lambda key: key NOT IN (
      'page_url', 'button_id', 'form_id', 'video_id', 'product_id', 'category', 'price', 'quantity', 'search_term',
      'filter_type', 'platform', 'browser', 'device_type', 'session_id'
    ))) > 0
END;
