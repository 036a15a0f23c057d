/** The query to try first: which S3 objects hold the TESS images of sector 12, camera 3, CCD 4? */
export const exampleQuery = `SELECT access_url, cloud_access, cloud_uri
FROM ivoa.obscore
WHERE obs_collection = 'TESS' AND dataproduct_type = 'image' AND obs_id LIKE 'tess%-s0012-3-4%'`;
