-- cloud_uri is told to be a URI by its UCD and no longer by an xtype. `uri` is an xtype of DALI 1.2, which
-- validators (STILTS 3.5.4) still warn of, and it says nothing that the UCD does not say; `json` of
-- cloud_access stays: without it nobody knows how to read the text. The UCD is not meta.ref.url: by that
-- one clients choose the column to download from, and they cannot fetch s3://.
UPDATE tap_schema.columns SET xtype = NULL, ucd = 'meta.ref.uri'
WHERE table_name = 'ivoa.obscore' AND column_name = 'cloud_uri';
