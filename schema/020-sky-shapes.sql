-- The sky in plain SQL: shapes, and what they have to do with one another (ADQL 2.1, section 4.2).
-- Nothing but PostgreSQL >= 14: managed servers have neither pgSphere nor q3c.
--
-- A shape is a double precision[] in degrees, laid out as DALI has it, and its length says its kind:
--   point    2   {lon, lat}
--   circle   3   {lon, lat, radius}
--   polygon  6+  {lon1, lat1, lon2, lat2, lon3, lat3, ...}, implicitly closed, edges are great circles;
--                the inside is the smaller side, whichever way round the vertices run
-- A region is one shape, or several with marks between them (see 022-sky-regions.sql).
--
-- Borders belong to shapes. Unit vectors made from degrees are true to about 2e-16, so two ways to the
-- same border differ by less than 1e-13 (a chord of the unit sphere, or radians: 2e-8 arcsec), and what lies
-- nearer to a border than that lies on it. In degrees it is 6e-12. The numbers stand in the bodies, for
-- a function that gives them would be looked up at every planning.
--
-- The functions written as `RETURN expression` are inlined by the planner (for which they may not be
-- STRICT); those in plpgsql need loops. Errors meant for the astronomer have SQLSTATE 'SKY01'.

CREATE SCHEMA IF NOT EXISTS sky;

-- Any longitude as one in [0, 360). Those already there come back bit by bit the same.
CREATE FUNCTION sky.longitude(lon double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN lon - 360 * floor(lon / 360);

-- An angle, or 0 where it is so small that PostgreSQL would refuse products with it ("underflow").
CREATE FUNCTION sky.flushed(angle double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN abs(angle) < 1e-30 THEN 0 ELSE angle END;

-- ---------------------------------------------------------------- construction

CREATE FUNCTION sky.refuse(problem text) RETURNS void
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'SKY01', MESSAGE = problem;
END
$$;

CREATE FUNCTION sky.point(lon double precision, lat double precision) RETURNS double precision[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
BEGIN
  IF abs(lat) <= 90 AND abs(lon) < 'infinity' THEN
    RETURN ARRAY[sky.longitude(sky.flushed(lon)), sky.flushed(lat)];
  END IF;
  PERFORM sky.refuse(format(
    'There is no point at longitude %s, latitude %s: latitudes run from -90 to 90 degrees.', lon, lat));
END
$$;

CREATE FUNCTION sky.circle(lon double precision, lat double precision, radius double precision)
RETURNS double precision[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
BEGIN
  IF radius >= 0 AND radius <= 180 THEN
    RETURN sky.point(lon, lat) || radius;
  END IF;
  PERFORM sky.refuse(format(
    'There is no circle with a radius of %s degrees: radii run from 0 to 180.', radius));
END
$$;

CREATE FUNCTION sky.circle(centre double precision[], radius double precision)
RETURNS double precision[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sky.circle(centre[1], centre[2], radius);

-- {x, y, z}. sind and cosd are exact at multiples of 30 degrees: the pole is {0, 0, 1} at any longitude.
CREATE FUNCTION sky.unit_vector(lon double precision, lat double precision) RETURNS double precision[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY[cosd(lat) * cosd(lon), cosd(lat) * sind(sky.flushed(lon)), sind(sky.flushed(lat))];

CREATE FUNCTION sky.chord(a double precision[], b double precision[]) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sqrt((a[1] - b[1]) ^ 2 + (a[2] - b[2]) ^ 2 + (a[3] - b[3]) ^ 2);

CREATE FUNCTION sky.are_antipodal(a double precision[], b double precision[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (a[1] + b[1]) ^ 2 + (a[2] + b[2]) ^ 2 + (a[3] + b[3]) ^ 2 < 1e-25;

-- The vertices with longitudes in [0, 360), without repetitions and without the closing vertex.
-- NULL when a coordinate is; an error when fewer than three vertices remain.
CREATE FUNCTION sky.vertices(coordinates double precision[]) RETURNS double precision[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  size CONSTANT integer := cardinality(coordinates);
  kept double precision[] := '{}';
  vertex double precision[];
  here double precision[];
  first double precision[];
  before double precision[];
BEGIN
  IF array_position(coordinates, NULL) IS NOT NULL THEN
    RETURN NULL;
  END IF;
  IF size % 2 = 1 THEN
    PERFORM sky.refuse('A POLYGON takes pairs of numbers, longitude and latitude; one is missing.');
  END IF;
  FOR i IN 1..size BY 2 LOOP
    vertex := sky.point(coordinates[i], coordinates[i + 1]);
    here := sky.unit_vector(vertex[1], vertex[2]);
    IF before IS NULL OR sky.chord(here, before) > 1e-13 THEN
      IF sky.are_antipodal(before, here) THEN
        PERFORM sky.refuse('An edge of this POLYGON joins two antipodal points, so that its way is not known: '
          'give a vertex between them.');
      END IF;
      kept := kept || vertex;
      first := coalesce(first, here);
      before := here;
    END IF;
  END LOOP;
  IF cardinality(kept) > 2 AND sky.chord(first, before) <= 1e-13 THEN
    kept := trim_array(kept, 2);
  ELSIF sky.are_antipodal(before, first) THEN
    PERFORM sky.refuse('The last edge of this POLYGON joins two antipodal points, so that its way is not '
      'known: give a vertex between them.');
  END IF;
  IF cardinality(kept) < 6 THEN
    PERFORM sky.refuse('A POLYGON needs at least three different vertices.');
  END IF;
  RETURN kept;
END
$$;

CREATE FUNCTION sky.polygon(VARIADIC coordinates double precision[]) RETURNS double precision[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  vertices CONSTANT double precision[] := sky.vertices(coordinates);
BEGIN
  IF sky.crosses_itself(sky.figure(vertices)) THEN
    PERFORM sky.refuse('The edges of this POLYGON cross one another: give its vertices in the order in '
      'which one walks round it.');
  END IF;
  RETURN vertices;
END
$$;

-- ADQL 2.1, "BOX": a cross of the half widths through the centre. Here: the polygon of the four corners
-- (lon -+ width / 2, lat -+ height / 2), its sides great circles.
CREATE FUNCTION sky.box(lon double precision, lat double precision, width double precision, height double precision)
RETURNS double precision[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
BEGIN
  IF width > 0 AND width < 180 AND height > 0 AND abs(lat) + height / 2 <= 90 THEN
    RETURN sky.polygon(
      lon - width / 2, lat - height / 2, lon + width / 2, lat - height / 2,
      lon + width / 2, lat + height / 2, lon - width / 2, lat + height / 2);
  END IF;
  PERFORM sky.refuse(format('There is no BOX of %s by %s degrees at latitude %s: its width must be less '
    'than 180 degrees, and it must not reach over a pole. Use CIRCLE or POLYGON, or BETWEEN on the '
    'coordinates.', width, height, lat));
END
$$;

CREATE FUNCTION sky.box(centre double precision[], width double precision, height double precision)
RETURNS double precision[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sky.box(centre[1], centre[2], width, height);

-- ---------------------------------------------------------------- distance

-- Degrees along the great circle: half the angle's sine and cosine each from a sum without
-- cancellation, so that tiny and nearly antipodal distances keep all their digits.
CREATE FUNCTION sky.distance(lon1 double precision, lat1 double precision, lon2 double precision, lat2 double precision)
RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 2 * atan2d(
  sqrt(sind((lat1 - lat2) / 2) ^ 2 + cosd(lat1) * cosd(lat2) * sind((lon1 - lon2) / 2) ^ 2),
  sqrt(sind((lat1 + lat2) / 2) ^ 2 + cosd(lat1) * cosd(lat2) * cosd((lon1 - lon2) / 2) ^ 2));

CREATE FUNCTION sky.distance(a double precision[], b double precision[]) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sky.distance(a[1], a[2], b[1], b[2]);

-- Are two points at most so many degrees apart? The exact half of sky.point_in_circle, in three forms of
-- which the planner leaves one, since the radius is nearly always a constant. (In one body they cost
-- 0.08 ms more to plan, as much as a small cone takes.)
CREATE FUNCTION sky.is_within_little(
  lon1 double precision, lat1 double precision, lon2 double precision, lat2 double precision, radius double precision)
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sind((lat1 - lat2) / 2) ^ 2 + cosd(lat1) * cosd(lat2) * sind((lon1 - lon2) / 2) ^ 2
  <= sind((radius + 6e-12) / 2) ^ 2;

-- The law of cosines: three trigonometric functions a row, true to 1e-11 degrees except near 0 and 180.
CREATE FUNCTION sky.is_within_some(
  lon1 double precision, lat1 double precision, lon2 double precision, lat2 double precision, radius double precision)
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sind(lat1) * sind(lat2) + cosd(lat1) * cosd(lat2) * cosd(lon1 - lon2) >= cosd(radius + 6e-12);

CREATE FUNCTION sky.is_within_most(
  lon1 double precision, lat1 double precision, lon2 double precision, lat2 double precision, radius double precision)
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sind((lat1 + lat2) / 2) ^ 2 + cosd(lat1) * cosd(lat2) * cosd((lon1 - lon2) / 2) ^ 2
  >= cosd(least((radius + 6e-12) / 2, 90)) ^ 2;

CREATE FUNCTION sky.is_within(
  lon1 double precision, lat1 double precision, lon2 double precision, lat2 double precision, radius double precision)
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN radius < 0.05 THEN sky.is_within_little(lon1, lat1, lon2, lat2, radius)
  WHEN radius < 179.95 THEN sky.is_within_some(lon1, lat1, lon2, lat2, radius)
  ELSE sky.is_within_most(lon1, lat1, lon2, lat2, radius) END;

-- ---------------------------------------------------------------- figures

-- A figure is a shape made ready for exact tests:
--   point    {0, x, y, z, lon, lat}
--   circle   {1, x, y, z, lon, lat, radius}
--   polygon  {2, convex, pole, area, then for each edge x, y, z, fx, fy, fz, lon}
-- with the unit vector (x, y, z) of the edge's first vertex and its longitude, and the unit normal f of
-- the edge's great circle that points to the inside: the vertices are put in the order that has the
-- inside on the left. `convex` and `pole` (is the north pole inside?) are 0 or 1, area is in steradians.
-- The figure of a polygon of n vertices has 4 + 7 n numbers, and that of a convex quadrilateral 32.
CREATE FUNCTION sky.figure(shape double precision[]) RETURNS double precision[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
BEGIN
  CASE cardinality(shape)
    WHEN 2 THEN RETURN 0::double precision || sky.unit_vector(shape[1], shape[2]) || shape;
    WHEN 3 THEN RETURN 1::double precision || sky.unit_vector(shape[1], shape[2]) || shape;
    ELSE RETURN sky.polygon_figure(shape);
  END CASE;
END
$$;

-- The difference of two longitudes in (-180, 180]: the way that an edge goes. An edge over a pole, 180
-- degrees, counts as going east at its pole.
CREATE FUNCTION sky.step_east(lon_from double precision, lon_to double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN lon_to - lon_from > 180 THEN lon_to - lon_from - 360
  WHEN lon_to - lon_from <= -180 THEN lon_to - lon_from + 360
  ELSE lon_to - lon_from
END;

-- What lies left of a closed line: its area in steradians, and whether the north pole is in it.
-- Each edge adds the area between itself and the equator (a spherical quadrilateral), which is exact at
-- the poles too and loses little on small polygons: 1e-11 of the area of one of an arcsecond.
CREATE FUNCTION sky.left_side(vertices double precision[], OUT area double precision, OUT pole boolean)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  size CONSTANT integer := cardinality(vertices);
  turned double precision := 0;  -- degrees east
  below double precision := 0;   -- steradians between line and equator
  step double precision;
  t1 double precision;
  t2 double precision;
  j integer;
BEGIN
  FOR i IN 1..size BY 2 LOOP
    j := CASE WHEN i + 2 > size THEN 1 ELSE i + 2 END;
    step := sky.step_east(vertices[i], vertices[j]);
    t1 := tand(vertices[i + 1] / 2);
    t2 := tand(vertices[j + 1] / 2);
    turned := turned + step;
    below := below + 2 * atan2(sind(step / 2) * (t1 + t2), cosd(step / 2) * (1 + t1 * t2));
  END LOOP;
  IF abs(turned) > 180 THEN  -- once round the poles: the north pole is left of a line that goes east
    area := 2 * pi() - below;
    pole := turned > 0;
  ELSE                       -- a line below which more lies than above runs with both poles on its left
    area := CASE WHEN below <= 0 THEN -below ELSE 4 * pi() - below END;
    pole := below > pi();
  END IF;
END
$$;

CREATE FUNCTION sky.reversed(vertices double precision[]) RETURNS double precision[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
  SELECT array_agg(vertices[i + j] ORDER BY i DESC, j)
  FROM generate_series(1, cardinality(vertices), 2) AS i, generate_series(0, 1) AS j);

-- The unit normal of the great circle from a to b, pointing left. The cross product of difference and
-- sum (twice that of a and b) keeps its digits when a and b are near each other.
CREATE FUNCTION sky.edge_normal(a double precision[], b double precision[]) RETURNS double precision[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  d1 CONSTANT double precision := a[1] - b[1];
  d2 CONSTANT double precision := a[2] - b[2];
  d3 CONSTANT double precision := a[3] - b[3];
  s1 CONSTANT double precision := a[1] + b[1];
  s2 CONSTANT double precision := a[2] + b[2];
  s3 CONSTANT double precision := a[3] + b[3];
  n1 CONSTANT double precision := d2 * s3 - d3 * s2;
  n2 CONSTANT double precision := d3 * s1 - d1 * s3;
  n3 CONSTANT double precision := d1 * s2 - d2 * s1;
  size CONSTANT double precision := sqrt(n1 * n1 + n2 * n2 + n3 * n3);
BEGIN
  RETURN ARRAY[n1 / size, n2 / size, n3 / size];
END
$$;

CREATE FUNCTION sky.polygon_figure(shape double precision[]) RETURNS double precision[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  vertices double precision[] := shape;
  side record;
  edges double precision[] := '{}';
  size CONSTANT integer := cardinality(shape);
  here double precision[];
  next double precision[] := sky.unit_vector(shape[1], shape[2]);
  normal double precision[];
BEGIN
  side := sky.left_side(vertices);
  IF side.area > 2 * pi() + 1e-9 THEN
    vertices := sky.reversed(vertices);
    side := sky.left_side(vertices);
    next := sky.unit_vector(vertices[1], vertices[2]);
  END IF;
  FOR i IN 1..size BY 2 LOOP
    here := next;
    next := CASE WHEN i + 2 > size THEN sky.unit_vector(vertices[1], vertices[2])
      ELSE sky.unit_vector(vertices[i + 2], vertices[i + 3]) END;
    normal := sky.edge_normal(here, next);
    edges := edges || here || normal || vertices[i];
  END LOOP;
  RETURN ARRAY[2, sky.is_convex(edges)::integer, side.pole::integer, side.area] || edges;
END
$$;

-- Does every vertex lie left of every edge? Polygons of more than 20 vertices count as not convex: the
-- question grows with the square, and its answer only makes tests faster.
CREATE FUNCTION sky.is_convex(edges double precision[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  size CONSTANT integer := cardinality(edges);
BEGIN
  IF size > 20 * 7 THEN
    RETURN false;
  END IF;
  FOR e IN 0..size - 7 BY 7 LOOP
    FOR v IN 0..size - 7 BY 7 LOOP
      IF edges[e + 4] * edges[v + 1] + edges[e + 5] * edges[v + 2] + edges[e + 6] * edges[v + 3] < -1e-14 THEN
        RETURN false;
      END IF;
    END LOOP;
  END LOOP;
  RETURN true;
END
$$;

-- ---------------------------------------------------------------- one point and one figure

-- The angle in degrees from p to the nearest point of an edge that begins at e of a
-- polygon's figure. A foot of p on the edge's great circle lies between its ends when p does, seen along
-- the normal.
CREATE FUNCTION sky.distance_to_edge(figure double precision[], e integer, p double precision[])
RETURNS double precision
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  n CONSTANT integer := CASE WHEN e + 7 > cardinality(figure) THEN 5 ELSE e + 7 END;
  height CONSTANT double precision := figure[e + 3] * p[1] + figure[e + 4] * p[2] + figure[e + 5] * p[3];
  a CONSTANT double precision[] := figure[e : e + 2];
  b CONSTANT double precision[] := figure[n : n + 2];
  f CONSTANT double precision[] := figure[e + 3 : e + 5];
BEGIN
  IF sky.triple(f, a, p) >= 0 AND sky.triple(f, b, p) <= 0 THEN
    RETURN abs(asind(greatest(-1, least(1, height))));
  END IF;
  RETURN least(sky.angle(a, p), sky.angle(b, p));
END
$$;

-- The product (a x b) . c.
CREATE FUNCTION sky.triple(a double precision[], b double precision[], c double precision[])
RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (a[2] * b[3] - a[3] * b[2]) * c[1] + (a[3] * b[1] - a[1] * b[3]) * c[2] + (a[1] * b[2] - a[2] * b[1]) * c[3];

-- Degrees between two unit vectors, true at any angle.
CREATE FUNCTION sky.angle(a double precision[], b double precision[]) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 2 * atan2d(
  sky.chord(a, b), sqrt((a[1] + b[1]) ^ 2 + (a[2] + b[2]) ^ 2 + (a[3] + b[3]) ^ 2));

-- Is the point with this longitude and unit vector in the polygon? In a convex one when it lies left of
-- every edge. In another when it lies on an edge, or when the meridian from it to the north pole crosses
-- an odd number of edges while the pole is outside (an even number while it is inside). Which edges
-- the meridian can cross is decided on longitudes as given, not on products, so that neighbouring edges
-- never both or neither claim the meridian of their common vertex.
CREATE FUNCTION sky.polygon_has(
  figure double precision[], lon double precision, x double precision, y double precision, z double precision)
RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  last CONSTANT integer := cardinality(figure) - 6;
  inside boolean := figure[3] = 1;
  height double precision;
  here double precision;
  next double precision;
  east boolean;
BEGIN
  FOR e IN 5..last BY 7 LOOP
    height := figure[e + 3] * x + figure[e + 4] * y + figure[e + 5] * z;
    IF figure[2] = 1 THEN
      IF height < -1e-13 THEN
        RETURN false;
      END IF;
    ELSE
      IF abs(height) <= 1e-13 AND sky.distance_to_edge(figure, e, ARRAY[x, y, z]) <= 6e-12 THEN
        RETURN true;
      END IF;
      here := figure[e + 6];
      next := CASE WHEN e = last THEN figure[11] ELSE figure[e + 13] END;
      east := sky.step_east(here, next) > 0;
      IF (height < 0) = east AND sky.spans(
        CASE WHEN east THEN here ELSE next END, CASE WHEN east THEN next ELSE here END, lon)
      THEN
        inside := NOT inside;
      END IF;
    END IF;
  END LOOP;
  RETURN figure[2] = 1 OR inside;
END
$$;

-- Does the half-open way east from one longitude to another pass a third? All in [0, 360).
CREATE FUNCTION sky.spans(west double precision, east double precision, lon double precision) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN west <= east THEN lon >= west AND lon < east ELSE lon >= west OR lon < east END;

-- ---------------------------------------------------------------- two figures

-- Do the edges that begin at e and g (of two polygons, or of one) cross at a point inside both?
CREATE FUNCTION sky.edges_cross(a double precision[], e integer, b double precision[], g integer) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  n CONSTANT integer := CASE WHEN e + 7 > cardinality(a) THEN 5 ELSE e + 7 END;
  m CONSTANT integer := CASE WHEN g + 7 > cardinality(b) THEN 5 ELSE g + 7 END;
  -- on which side of the first edge the second begins and ends, then the other way round
  b1 CONSTANT double precision := a[e + 3] * b[g] + a[e + 4] * b[g + 1] + a[e + 5] * b[g + 2];
  b2 CONSTANT double precision := a[e + 3] * b[m] + a[e + 4] * b[m + 1] + a[e + 5] * b[m + 2];
  a1 double precision;
  a2 double precision;
BEGIN
  IF least(abs(b1), abs(b2)) <= 1e-13 OR (b1 > 0) = (b2 > 0) THEN
    RETURN false;
  END IF;
  a1 := b[g + 3] * a[e] + b[g + 4] * a[e + 1] + b[g + 5] * a[e + 2];
  a2 := b[g + 3] * a[n] + b[g + 4] * a[n + 1] + b[g + 5] * a[n + 2];
  -- the last condition tells the crossing from one of the antipodes of the first edge
  RETURN least(abs(a1), abs(a2)) > 1e-13 AND (a1 > 0) <> (a2 > 0) AND (b1 > 0) = (a2 > 0);
END
$$;

-- Asked of ADQL's POLYGON; of one with more than 200 vertices it is not, for it grows with the square.
CREATE FUNCTION sky.crosses_itself(figure double precision[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  last CONSTANT integer := cardinality(figure) - 6;
BEGIN
  IF last > 200 * 7 OR (figure[2] = 1 AND last <= 26) THEN
    RETURN false;
  END IF;
  FOR e IN 5..last BY 7 LOOP
    FOR g IN e + 7..last BY 7 LOOP
      IF sky.edges_cross(figure, e, figure, g) THEN
        RETURN true;
      END IF;
    END LOOP;
  END LOOP;
  RETURN false;
END
$$;

CREATE FUNCTION sky.some_edges_cross(a double precision[], b double precision[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
BEGIN
  FOR e IN 5..cardinality(a) - 6 BY 7 LOOP
    FOR g IN 5..cardinality(b) - 6 BY 7 LOOP
      IF sky.edges_cross(a, e, b, g) THEN
        RETURN true;
      END IF;
    END LOOP;
  END LOOP;
  RETURN false;
END
$$;

-- Are all vertices of b in polygon a?
CREATE FUNCTION sky.polygon_has_vertices(a double precision[], b double precision[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
BEGIN
  FOR v IN 5..cardinality(b) - 6 BY 7 LOOP
    IF NOT sky.polygon_has(a, b[v + 6], b[v], b[v + 1], b[v + 2]) THEN
      RETURN false;
    END IF;
  END LOOP;
  RETURN true;
END
$$;

-- Is there an edge of polygon a with all of polygon b on its outside?
CREATE FUNCTION sky.edge_parts(a double precision[], b double precision[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  last CONSTANT integer := cardinality(b) - 6;
  f1 double precision;
  f2 double precision;
  f3 double precision;
  parted boolean;
BEGIN
  FOR e IN 5..cardinality(a) - 6 BY 7 LOOP
    f1 := a[e + 3];
    f2 := a[e + 4];
    f3 := a[e + 5];
    parted := true;
    FOR v IN 5..last BY 7 LOOP
      IF f1 * b[v] + f2 * b[v + 1] + f3 * b[v + 2] >= -1e-13 THEN
        parted := false;
        EXIT;
      END IF;
    END LOOP;
    IF parted THEN
      RETURN true;
    END IF;
  END LOOP;
  RETURN false;
END
$$;

-- Is the hemisphere about the middle of all vertices one that has them all in its inside?
CREATE FUNCTION sky.share_hemisphere(a double precision[], b double precision[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  vertices CONSTANT double precision[] := a[5:] || b[5:];
  x double precision := 0;
  y double precision := 0;
  z double precision := 0;
BEGIN
  FOR v IN 1..cardinality(vertices) BY 7 LOOP
    x := x + vertices[v];
    y := y + vertices[v + 1];
    z := z + vertices[v + 2];
  END LOOP;
  FOR v IN 1..cardinality(vertices) BY 7 LOOP
    IF vertices[v] * x + vertices[v + 1] * y + vertices[v + 2] * z <= 1e-9 THEN
      RETURN false;
    END IF;
  END LOOP;
  RETURN true;
END
$$;

-- Two convex polygons that an edge of one of them parts are apart. In one hemisphere (where the sky can
-- be drawn in the plane with straight edges) all others meet. Else polygons meet when a vertex of one lies
-- in the other, or edges cross.
CREATE FUNCTION sky.polygons_meet(a double precision[], b double precision[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
BEGIN
  IF a[2] = 1 AND b[2] = 1 THEN
    IF sky.edge_parts(a, b) OR sky.edge_parts(b, a) THEN
      RETURN false;
    ELSIF sky.share_hemisphere(a, b) THEN
      RETURN true;
    END IF;
  END IF;
  FOR v IN 5..cardinality(b) - 6 BY 7 LOOP
    IF sky.polygon_has(a, b[v + 6], b[v], b[v + 1], b[v + 2]) THEN
      RETURN true;
    END IF;
  END LOOP;
  FOR v IN 5..cardinality(a) - 6 BY 7 LOOP
    IF sky.polygon_has(b, a[v + 6], a[v], a[v + 1], a[v + 2]) THEN
      RETURN true;
    END IF;
  END LOOP;
  RETURN sky.some_edges_cross(a, b);
END
$$;

-- The smallest distance in degrees from a unit vector to the edges of a polygon.
CREATE FUNCTION sky.distance_to_edges(figure double precision[], p double precision[]) RETURNS double precision
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  nearest double precision := 180;
BEGIN
  FOR e IN 5..cardinality(figure) - 6 BY 7 LOOP
    nearest := least(nearest, sky.distance_to_edge(figure, e, p));
  END LOOP;
  RETURN nearest;
END
$$;

CREATE FUNCTION sky.polygon_meets_circle(polygon double precision[], circle double precision[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  x CONSTANT double precision := circle[2];
  y CONSTANT double precision := circle[3];
  z CONSTANT double precision := circle[4];
  -- a vertex nearer than this is in the circle for certain: most answers need no more
  near CONSTANT double precision := (2 * sind(circle[7] / 2)) ^ 2;
BEGIN
  FOR v IN 5..cardinality(polygon) - 6 BY 7 LOOP
    IF (polygon[v] - x) ^ 2 + (polygon[v + 1] - y) ^ 2 + (polygon[v + 2] - z) ^ 2 <= near THEN
      RETURN true;
    END IF;
  END LOOP;
  RETURN sky.polygon_has(polygon, circle[5], x, y, z)
    OR sky.distance_to_edges(polygon, ARRAY[x, y, z]) <= circle[7] + 6e-12;
END
$$;

-- Is the polygon wholly in the circle? In one up to a hemisphere when its vertices are; in a larger one
-- when it does not reach into the open circle opposite.
CREATE FUNCTION sky.circle_has_polygon(circle double precision[], polygon double precision[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  centre CONSTANT double precision[] := circle[2:4];
  opposite CONSTANT double precision[] := ARRAY[-circle[2], -circle[3], -circle[4]];
BEGIN
  IF circle[7] <= 90 THEN
    FOR v IN 5..cardinality(polygon) - 6 BY 7 LOOP
      IF sky.angle(centre, polygon[v : v + 2]) > circle[7] + 6e-12 THEN
        RETURN false;
      END IF;
    END LOOP;
    RETURN true;
  END IF;
  RETURN sky.distance_to_edges(polygon, opposite) >= 180 - circle[7] - 6e-12 AND (circle[7] >= 180
    OR NOT sky.polygon_has(polygon, sky.longitude(circle[5] + 180), opposite[1], opposite[2], opposite[3]));
END
$$;

-- Is polygon b wholly in polygon a? When its vertices are and, where a is not convex, none of its edges
-- leaves a on the way.
CREATE FUNCTION sky.polygon_has_polygon(a double precision[], b double precision[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  last CONSTANT integer := cardinality(b) - 6;
  middle double precision[];
  n integer;
BEGIN
  IF NOT sky.polygon_has_vertices(a, b) THEN
    RETURN false;
  ELSIF a[2] = 1 THEN
    RETURN true;
  END IF;
  FOR v IN 5..last BY 7 LOOP
    n := CASE WHEN v = last THEN 5 ELSE v + 7 END;
    middle := sky.normalized(ARRAY[b[v] + b[n], b[v + 1] + b[n + 1], b[v + 2] + b[n + 2]]);
    IF NOT sky.polygon_has(a, sky.longitude_of(middle), middle[1], middle[2], middle[3]) THEN
      RETURN false;
    END IF;
  END LOOP;
  -- An inlet of a may reach into b without crossing it where they share a vertex or an edge.
  FOR v IN 5..cardinality(a) - 6 BY 7 LOOP
    IF sky.distance_to_edges(b, a[v : v + 2]) > 6e-12
      AND sky.polygon_has(b, a[v + 6], a[v], a[v + 1], a[v + 2])
    THEN
      RETURN false;
    END IF;
  END LOOP;
  RETURN NOT sky.some_edges_cross(a, b);
END
$$;

CREATE FUNCTION sky.normalized(v double precision[]) RETURNS double precision[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY[
  v[1] / nullif(sqrt(v[1] ^ 2 + v[2] ^ 2 + v[3] ^ 2), 0),
  v[2] / nullif(sqrt(v[1] ^ 2 + v[2] ^ 2 + v[3] ^ 2), 0),
  v[3] / nullif(sqrt(v[1] ^ 2 + v[2] ^ 2 + v[3] ^ 2), 0)];

CREATE FUNCTION sky.longitude_of(v double precision[]) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sky.longitude(CASE WHEN v[1] = 0 AND v[2] = 0 THEN 0 ELSE atan2d(v[2], v[1]) END);

CREATE FUNCTION sky.latitude_of(v double precision[]) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN v[1] = 0 AND v[2] = 0 THEN 90 * sign(v[3]) ELSE atan2d(v[3], sqrt(v[1] ^ 2 + v[2] ^ 2)) END;

-- Is a wholly in b? Both are figures.
CREATE FUNCTION sky.figure_has(b double precision[], a double precision[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
BEGIN
  CASE 10 * b[1] + a[1]
    WHEN 0 THEN RETURN sky.angle(a[2:4], b[2:4]) <= 6e-12;
    WHEN 1 THEN RETURN a[7] = 0 AND sky.angle(a[2:4], b[2:4]) <= 6e-12;
    WHEN 2 THEN RETURN false;
    WHEN 10 THEN RETURN sky.is_within(a[5], a[6], b[5], b[6], b[7]);
    WHEN 11 THEN RETURN b[7] >= 180 OR sky.angle(a[2:4], b[2:4]) + a[7] <= b[7] + 6e-12;
    WHEN 12 THEN RETURN sky.circle_has_polygon(b, a);
    WHEN 20 THEN RETURN sky.polygon_has(b, a[5], a[2], a[3], a[4]);
    WHEN 21 THEN RETURN sky.polygon_has(b, a[5], a[2], a[3], a[4])
      AND sky.distance_to_edges(b, a[2:4]) >= a[7] - 6e-12;
    WHEN 22 THEN RETURN sky.polygon_has_polygon(b, a);
  END CASE;
END
$$;

-- Have a and b a point in common? Both are figures.
CREATE FUNCTION sky.figures_meet(a double precision[], b double precision[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
BEGIN
  CASE 10 * a[1] + b[1]
    WHEN 0, 1, 2 THEN RETURN sky.figure_has(b, a);
    WHEN 10, 20 THEN RETURN sky.figure_has(a, b);
    WHEN 11 THEN RETURN sky.angle(a[2:4], b[2:4]) <= a[7] + b[7] + 6e-12;
    WHEN 12 THEN RETURN sky.polygon_meets_circle(b, a);
    WHEN 21 THEN RETURN sky.polygon_meets_circle(a, b);
    WHEN 22 THEN RETURN sky.polygons_meet(a, b);
  END CASE;
END
$$;
