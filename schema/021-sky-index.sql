-- The sky index: bounds in longitude and latitude, searched with PostgreSQL's own GiST classes for
-- `point` and `box`.
--
-- Any table with two columns of degrees is searched at index speed when it has the index
--   CREATE INDEX ON t USING gist (sky.position(lon, lat)) WITH (buffering = on)
-- for the functions below, once inlined, are `position <@ box AND exact test`: no column more, no
-- trigger, nothing to keep true, and a join makes its boxes itself. HEALPix numbers in a btree (what q3c
-- does with its own pixels) were the other choice: no faster, and the ranges of a cone must be computed
-- outside.
--
-- CPU ms a query, PostgreSQL 15, means of 40 cones: 1 M rows of uneven density, and 1088 positions that
-- share 1.1 M rows (as TESS).
--                          pgSphere    q3c join    this
--   1 M, 1 arcsec (1 row)      0.10        0.27    0.21   nearly all of it planning
--   1 M, 0.1 deg (108 rows)    0.37        1.21    0.44
--   1 M, 1 deg (1028 rows)     1.63        2.91    1.62
--   1 M, 10 deg (9440 rows)    29.8         144    26.9
--   TESS, 0.01 deg (1000)      0.60        0.60    0.72
--   TESS, 5 deg (12,750)       8.04        13.5    6.97
--   10,000 points with 1 M rows, 3.6 arcsec: 136, 69, 127; by sky.near_in_zones 60

-- A position as a point of the plane, longitude in [0, 360).
CREATE FUNCTION sky.position(lon double precision, lat double precision) RETURNS point
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN point(lon - 360 * floor(lon / 360), lat);

-- Bounds are boxes from (west, south) to (east, north), west in [0, 360), east up to 360 degrees more
-- than west, a little wider than what they bound: 1e-9 degrees on the sky. What touches a pole goes all
-- round.
CREATE FUNCTION sky.bounds(west double precision, east double precision, south double precision, north double precision)
RETURNS box
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT COST 10
AS $$
DECLARE
  farthest CONSTANT double precision := greatest(abs(south), abs(north));
  margin CONSTANT double precision := CASE WHEN farthest < 89.999999 THEN 1e-9 / cosd(farthest) ELSE 360 END;
  start CONSTANT double precision := sky.longitude(west - margin);
BEGIN
  IF east - west + 2 * margin >= 360 THEN
    RETURN box(point(0, south - 1e-9), point(360, north + 1e-9));
  END IF;
  RETURN box(point(start, south - 1e-9), point(start + (east - west + 2 * margin), north + 1e-9));
END
$$;

-- The bounds of a circle, written out since a join asks for them row by row.
CREATE FUNCTION sky.circle_bounds(lon double precision, lat double precision, radius double precision)
RETURNS box
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT COST 10
AS $$
DECLARE
  half double precision;
  west double precision;
BEGIN
  IF abs(lat) + radius >= 89.999999 THEN
    RETURN sky.bounds(0, 360, greatest(lat - radius, -90), least(lat + radius, 90));
  END IF;
  half := asind(sind(radius) / cosd(lat)) + 1e-9 / cosd(abs(lat) + radius);
  west := lon - half - 360 * floor((lon - half) / 360);
  RETURN box(point(west, lat - radius - 1e-9), point(west + 2 * half, lat + radius + 1e-9));
END
$$;

-- The smallest and the greatest latitude on an edge that begins at e of a polygon's figure: those of its
-- ends, or of the great circle's northernmost and southernmost points where it passes them.
CREATE FUNCTION sky.edge_latitudes(figure double precision[], e integer, OUT south double precision, OUT north double precision)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  n CONSTANT integer := CASE WHEN e + 7 > cardinality(figure) THEN 5 ELSE e + 7 END;
  a CONSTANT double precision[] := figure[e : e + 2];
  b CONSTANT double precision[] := figure[n : n + 2];
  f CONSTANT double precision[] := figure[e + 3 : e + 5];
  top CONSTANT double precision[] := ARRAY[-f[1] * f[3], -f[2] * f[3], f[1] ^ 2 + f[2] ^ 2];
  before CONSTANT double precision := sky.triple(f, a, top);
  after CONSTANT double precision := sky.triple(f, b, top);
BEGIN
  south := least(sky.latitude_of(a), sky.latitude_of(b));
  north := greatest(sky.latitude_of(a), sky.latitude_of(b));
  IF before >= 0 AND after <= 0 THEN
    north := sky.latitude_of(top);
  ELSIF before <= 0 AND after >= 0 THEN
    south := -sky.latitude_of(top);
  END IF;
END
$$;

CREATE FUNCTION sky.polygon_bounds(figure double precision[]) RETURNS box
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  last CONSTANT integer := cardinality(figure) - 6;
  lon double precision := figure[11];
  west double precision := lon;
  east double precision := lon;
  south double precision := 90;
  north double precision := -90;
  edge record;
BEGIN
  FOR e IN 5..last BY 7 LOOP
    edge := sky.edge_latitudes(figure, e);
    south := least(south, edge.south);
    north := greatest(north, edge.north);
    lon := lon + sky.step_east(figure[e + 6], CASE WHEN e = last THEN figure[11] ELSE figure[e + 13] END);
    west := least(west, lon);
    east := greatest(east, lon);
  END LOOP;
  IF figure[3] = 1 THEN
    north := 90;
  END IF;
  IF sky.polygon_has(figure, figure[11], 0, 0, -1) THEN
    south := -90;
  END IF;
  RETURN sky.bounds(west, east, south, north);
END
$$;

CREATE FUNCTION sky.figure_bounds(figure double precision[]) RETURNS box
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT COST 10
AS $$
BEGIN
  CASE figure[1]
    WHEN 0 THEN RETURN sky.circle_bounds(figure[5], figure[6], 0);
    WHEN 1 THEN RETURN sky.circle_bounds(figure[5], figure[6], figure[7]);
    WHEN 2 THEN RETURN sky.polygon_bounds(figure);
  END CASE;
END
$$;

-- Bounds that reach beyond longitude 360, one turn back; NULL for others, which the planner drops.
CREATE FUNCTION sky.one_turn_back(bounds box) RETURNS box
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT COST 10
AS $$
BEGIN
  RETURN CASE WHEN (bounds[0])[0] >= 360 THEN bounds - point(360, 0) END;
END
$$;

-- ---------------------------------------------------------------- conditions on positions

-- Is a position in the bounds of a circle? The index half of every distance condition. The first pair is
-- the one whose index is used; the circle may come from a literal, a column or a table joined.
CREATE FUNCTION sky.near(
  lon double precision, lat double precision,
  centre_lon double precision, centre_lat double precision, radius double precision)
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN point(lon - 360 * floor(lon / 360), lat) <@ sky.circle_bounds(centre_lon, centre_lat, radius)
  OR point(lon - 360 * floor(lon / 360), lat)
    <@ sky.one_turn_back(sky.circle_bounds(centre_lon, centre_lat, radius));

-- Cross-matches ask for arcseconds around ten thousand points, and there a btree of zones of latitude is three
-- times as fast as GiST (Gray et al. 2004, "There goes the neighborhood"). With the index
--   CREATE INDEX ON t (sky.zone(lat), sky.longitude(lon))
-- this does what sky.near does, for radii up to 0.0099 degrees: then a circle lies in two zones of 1/50
-- degree at most. Where it touches longitude 0 or comes near a pole, its zones are searched all round.
CREATE FUNCTION sky.zone(lat double precision) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CAST(floor(lat * 50) AS integer);

-- Half the width of a circle in longitude, at most 0.2 percent too much; NULL where it goes all round.
CREATE FUNCTION sky.narrow_width(lon double precision, lat double precision, radius double precision)
RETURNS double precision
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT COST 10
AS $$
DECLARE
  half CONSTANT double precision := 1e-9 + 1.002 * radius / cosd(least(abs(lat), 89.9));
BEGIN
  IF abs(lat) < 89.9 AND lon - half > 0 AND lon + half < 360 THEN
    RETURN half;
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION sky.near_in_zones(
  lon double precision, lat double precision,
  centre_lon double precision, centre_lat double precision, radius double precision)
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CAST(floor(lat * 50) AS integer) = ANY (ARRAY[
    CAST(floor((centre_lat - radius - 1e-9) * 50) AS integer),
    CAST(floor((centre_lat + radius + 1e-9) * 50) AS integer)])
  AND lon - 360 * floor(lon / 360) BETWEEN
    coalesce(sky.longitude(centre_lon)
      - sky.narrow_width(sky.longitude(centre_lon), centre_lat, radius), -1) AND
    coalesce(sky.longitude(centre_lon)
      + sky.narrow_width(sky.longitude(centre_lon), centre_lat, radius), 361);

CREATE FUNCTION sky.point_in_circle(
  lon double precision, lat double precision,
  centre_lon double precision, centre_lat double precision, radius double precision)
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sky.near(lon, lat, centre_lon, centre_lat, radius)
  AND sky.is_within(lon, lat, centre_lon, centre_lat, radius);

-- How far a position lies inside an edge of a figure: the sine of the angle.
CREATE FUNCTION sky.height_over_edge(figure double precision[], e integer, lon double precision, lat double precision)
RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN cosd(lat) * (figure[e + 3] * cosd(lon) + figure[e + 4] * sind(lon)) + figure[e + 5] * sind(lat);

-- Convex quadrilaterals, that is boxes and the footprints of most detectors, are tested in the expression
-- itself: 1 us a row instead of 5.
CREATE FUNCTION sky.figure_has_position(figure double precision[], lon double precision, lat double precision)
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN cardinality(figure) = 32 AND figure[2] = 1 THEN
    sky.height_over_edge(figure, 5, lon, lat) >= -1e-13
    AND sky.height_over_edge(figure, 12, lon, lat) >= -1e-13
    AND sky.height_over_edge(figure, 19, lon, lat) >= -1e-13
    AND sky.height_over_edge(figure, 26, lon, lat) >= -1e-13
  ELSE sky.figure_has(figure, sky.figure(sky.point(lon, lat))) END;

CREATE FUNCTION sky.point_in_figure(lon double precision, lat double precision, figure double precision[])
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (point(lon - 360 * floor(lon / 360), lat) <@ sky.figure_bounds(figure)
    OR point(lon - 360 * floor(lon / 360), lat) <@ sky.one_turn_back(sky.figure_bounds(figure)))
  AND sky.figure_has_position(figure, lon, lat);

-- CONTAINS(POINT(lon, lat), shape) = 1 for a circle or polygon in one piece.
CREATE FUNCTION sky.point_in_shape(lon double precision, lat double precision, shape double precision[])
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sky.point_in_figure(lon, lat, sky.figure(shape));
