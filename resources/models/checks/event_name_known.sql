-- name: event_name_known
-- severity: error
-- scope: day
-- depends on: bronze_events
-- summary: Every event name is one of the fifteen known names.
SELECT *
FROM bronze_events
WHERE event_name IS NULL OR event_name NOT IN (
  'page_view', 'button_click', 'form_submit', 'video_play', 'video_pause', 'add_to_cart', 'remove_from_cart',
  'checkout', 'purchase', 'sign_up', 'sign_in', 'sign_out', 'search', 'filter_apply', 'share'
);
