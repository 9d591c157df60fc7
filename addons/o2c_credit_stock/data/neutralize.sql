-- nothing here sends anything
SELECT 1;
