COMMENT ON VIEW ${view} IS ${view_text};
COMMENT ON COLUMN ${view}.bucket IS ${bucket_text};
