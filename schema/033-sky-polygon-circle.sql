-- Does a polygon meet a circle? As in 020, and a circle that lies wholly behind an edge of a convex polygon is
-- told at once: such footprints around the circle asked for took the distances to all of their edges.

CREATE OR REPLACE FUNCTION sky.polygon_meets_circle(polygon double precision[], circle double precision[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  x CONSTANT double precision := circle[2];
  y CONSTANT double precision := circle[3];
  z CONSTANT double precision := circle[4];
  -- a vertex nearer than this is in the circle for certain: most answers need no more
  near CONSTANT double precision := (2 * sind(circle[7] / 2)) ^ 2;
  -- an edge of a convex polygon whose great circle the centre is so far behind has the circle outside
  behind CONSTANT double precision := CASE
    WHEN polygon[2] = 1 AND circle[7] < 90 THEN -sind(circle[7]) - 1e-12 ELSE -2 END;
  is_outside boolean := false;
BEGIN
  FOR v IN 5..cardinality(polygon) - 6 BY 7 LOOP
    IF (polygon[v] - x) ^ 2 + (polygon[v + 1] - y) ^ 2 + (polygon[v + 2] - z) ^ 2 <= near THEN
      RETURN true;
    END IF;
    is_outside := is_outside OR polygon[v + 3] * x + polygon[v + 4] * y + polygon[v + 5] * z < behind;
  END LOOP;
  IF is_outside THEN
    RETURN false;
  END IF;
  RETURN sky.polygon_has(polygon, circle[5], x, y, z)
    OR sky.distance_to_edges(polygon, ARRAY[x, y, z]) <= circle[7] + 6e-12;
END
$$;
