-- Polygons of many vertices in time that grows with their number: as in 020, but arrays are filled in place
-- where they were copied for each vertex. AREA of 50,000 vertices took more than a minute.

CREATE OR REPLACE FUNCTION sky.vertices(coordinates double precision[]) RETURNS double precision[]
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
      kept := array_append(kept, vertex[1]);
      kept := array_append(kept, vertex[2]);
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

CREATE OR REPLACE FUNCTION sky.polygon_figure(shape double precision[]) RETURNS double precision[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  vertices double precision[] := shape;
  side record;
  size CONSTANT integer := cardinality(shape);
  figure double precision[] := array_fill(0::double precision, ARRAY[4 + size / 2 * 7]);
  e integer := 5;
  here double precision[];
  next double precision[];
  normal double precision[];
BEGIN
  side := sky.left_side(vertices);
  IF side.area > 2 * pi() + 1e-9 THEN
    vertices := sky.reversed(vertices);
    side := sky.left_side(vertices);
  END IF;
  next := sky.unit_vector(vertices[1], vertices[2]);
  FOR i IN 1..size BY 2 LOOP
    here := next;
    next := CASE WHEN i + 2 > size THEN sky.unit_vector(vertices[1], vertices[2])
      ELSE sky.unit_vector(vertices[i + 2], vertices[i + 3]) END;
    normal := sky.edge_normal(here, next);
    figure[e] := here[1];
    figure[e + 1] := here[2];
    figure[e + 2] := here[3];
    figure[e + 3] := normal[1];
    figure[e + 4] := normal[2];
    figure[e + 5] := normal[3];
    figure[e + 6] := vertices[i];
    e := e + 7;
  END LOOP;
  figure[1] := 2;
  figure[2] := sky.is_convex(figure[5:])::integer;
  figure[3] := side.pole::integer;
  figure[4] := side.area;
  RETURN figure;
END
$$;
