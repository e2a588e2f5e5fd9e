-- properties_valid.sql on Trino, which has no ENUM to cast keys to.
SELECT *
FROM bronze_events
WHERE NOT COALESCE(
  cardinality(map_keys(TRY(CAST(json_parse(properties) AS MAP(VARCHAR, JSON))))) BETWEEN 2 AND 5
  AND cardinality(array_except(map_keys(TRY(CAST(json_parse(properties) AS MAP(VARCHAR, JSON)))), ARRAY[
    'page_url', 'button_id', 'form_id', 'video_id', 'product_id', 'category', 'price', 'quantity', 'search_term',
    'filter_type', 'platform', 'browser', 'device_type', 'session_id'
  ])) = 0,
  COALESCE(properties, '') = ''
);
