-- Functions of the IVOA catalogue of ADQL user defined functions (EN 1.2) that concern the sky.

-- ---------------------------------------------------------------- frames

-- The axes of a frame in ICRS, x y z x y z x y z. FK5 (equinox J2000) is turned by 23 mas against ICRS
-- (IERS: eta0 -19.9, xi0 9.1, da0 -22.9 mas); GALACTIC is defined in FK5, its north pole at 192.8594812065348,
-- 27.12825118085622 and that of the equator at galactic longitude 122.9319185680026 degrees.
CREATE FUNCTION sky.frame_axes(frame text) RETURNS double precision[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
BEGIN
  CASE frame
    WHEN 'ICRS' THEN
      RETURN '{1, 0, 0, 0, 1, 0, 0, 0, 1}';
    WHEN 'FK5' THEN
      RETURN '{0.9999999999999928, -0.0000001110223330, -0.0000000441180450,
        0.0000001110223372, 0.9999999999999891, 0.0000000964779225,
        0.0000000441180343, -0.0000000964779274, 0.9999999999999943}';
    WHEN 'GALACTIC' THEN
      RETURN '{-0.0548756577125917, -0.8734370519556164, -0.4838350736167156,
        0.4941094371927275, -0.4448297212232953, 0.7469821839866675,
        -0.8676661375596588, -0.1980763372730006, 0.4559838136873016}';
    ELSE
      PERFORM sky.refuse(format('There is no frame %s here: there are ICRS, FK5 and GALACTIC, in upper case.',
        quote_literal(frame)));
  END CASE;
END
$$;

CREATE FUNCTION sky.transformed_vector(v double precision[], from_axes double precision[], to_axes double precision[])
RETURNS double precision[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  m CONSTANT double precision[] := from_axes;
  n CONSTANT double precision[] := to_axes;
  x CONSTANT double precision := m[1] * v[1] + m[4] * v[2] + m[7] * v[3];
  y CONSTANT double precision := m[2] * v[1] + m[5] * v[2] + m[8] * v[3];
  z CONSTANT double precision := m[3] * v[1] + m[6] * v[2] + m[9] * v[3];
BEGIN
  RETURN ARRAY[
    n[1] * x + n[2] * y + n[3] * z, n[4] * x + n[5] * y + n[6] * z, n[7] * x + n[8] * y + n[9] * z];
END
$$;

-- ivo_geom_transform: a shape or region in another frame; great circles and radii stay what they are.
CREATE FUNCTION sky.transformed(region double precision[], frame_from text, frame_to text) RETURNS double precision[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  from_axes CONSTANT double precision[] := sky.frame_axes(frame_from);
  to_axes CONSTANT double precision[] := sky.frame_axes(frame_to);
  result double precision[] := region;
  v double precision[];
  i integer := 1;
  first integer := 1;  -- of the shape in which i is
BEGIN
  WHILE i <= cardinality(region) LOOP
    IF region[i] IN ('NaN', 'Infinity', '-Infinity') THEN
      i := i + 1;
      first := i;
    ELSIF i = first + 2 AND coalesce(region[i + 1], 'NaN') IN ('NaN', 'Infinity') THEN
      i := i + 1;  -- the radius of a circle
    ELSE
      v := sky.transformed_vector(sky.unit_vector(region[i], region[i + 1]), from_axes, to_axes);
      result[i] := sky.longitude_of(v);
      result[i + 1] := sky.latitude_of(v);
      i := i + 2;
    END IF;
  END LOOP;
  RETURN result;
END
$$;

-- ---------------------------------------------------------------- HEALPix

-- The bits of a number below 2^29 at the even places of another, and back.
CREATE FUNCTION sky.spread_bits(n bigint) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  b bigint := n;
BEGIN
  b := (b | (b << 16)) & 281470681808895;
  b := (b | (b << 8)) & 71777214294589695;
  b := (b | (b << 4)) & 1085102592571150095;
  b := (b | (b << 2)) & 3689348814741910323;
  RETURN (b | (b << 1)) & 6148914691236517205;
END
$$;

CREATE FUNCTION sky.gather_bits(n bigint) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  b bigint := n & 6148914691236517205;
BEGIN
  b := (b | (b >> 1)) & 3689348814741910323;
  b := (b | (b >> 2)) & 1085102592571150095;
  b := (b | (b >> 4)) & 71777214294589695;
  b := (b | (b >> 8)) & 281470681808895;
  RETURN (b | (b >> 16)) & 4294967295;
END
$$;

-- ivo_healpix_index: the NESTED number of the pixel of order 0 to 29 around a position (Gorski et al.
-- 2005, section 4 and 5; the twelve base pixels are squares in the plane of (u, v), where u is the
-- longitude in quarters of a turn and v runs from -1 to 1 between the poles).
CREATE FUNCTION sky.healpix_index(healpix_order integer, lon double precision, lat double precision) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  place CONSTANT double precision[] := sky.point(lon, lat);
  side bigint;
  z CONSTANT double precision := sind(lat);
  u CONSTANT double precision := place[1] / 90;                    -- [0, 4)
  quarter CONSTANT integer := floor(u)::integer % 4;
  across double precision;                                         -- of a polar quarter, [0, 1)
  edge double precision;                                           -- its width at this latitude, in (0, 1]
  rising double precision;
  falling double precision;
  base integer;
  x bigint;
  y bigint;
BEGIN
  IF healpix_order NOT BETWEEN 0 AND 29 THEN
    PERFORM sky.refuse(format('There is no HEALPix order %s: orders run from 0 to 29.', healpix_order));
  END IF;
  side := 1::bigint << healpix_order;
  IF abs(z) <= 2.0 / 3 THEN
    rising := side * (0.5 + u - z * 0.75);   -- lines that ascend and descend to the east
    falling := side * (0.5 + u + z * 0.75);
    x := floor(falling)::bigint;
    y := floor(rising)::bigint;
    base := sky.equatorial_base((x / side)::integer, (y / side)::integer);
    RETURN (base::bigint << (2 * healpix_order)) | sky.spread_bits(x % side)
      | (sky.spread_bits(side - 1 - y % side) << 1);
  END IF;
  across := u - floor(u);
  edge := sqrt(6) * sind((90 - abs(lat)) / 2);  -- sqrt(3 (1 - |z|)) without cancellation
  x := least(side - 1, floor(side * across * edge)::bigint);
  y := least(side - 1, floor(side * (1 - across) * edge)::bigint);
  IF z > 0 THEN
    RETURN (quarter::bigint << (2 * healpix_order)) | sky.spread_bits(side - 1 - y)
      | (sky.spread_bits(side - 1 - x) << 1);
  END IF;
  RETURN ((quarter + 8)::bigint << (2 * healpix_order)) | sky.spread_bits(x) | (sky.spread_bits(y) << 1);
END
$$;

-- Which of the twelve base pixels has the band's lines number `falling` and `rising` (0 to 4)?
CREATE FUNCTION sky.equatorial_base(falling integer, rising integer) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN falling = rising THEN 4 + falling % 4
  WHEN falling > rising THEN rising % 4
  ELSE 8 + falling % 4
END;

-- ivo_healpix_center: {lon, lat} of the centre of a pixel.
CREATE FUNCTION sky.healpix_center(healpix_order integer, healpix_index bigint) RETURNS double precision[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  side double precision;
  base integer;
  x double precision;
  y double precision;
  ring double precision;   -- from the north pole, 0 to 4 in units of base pixels
  shift double precision;  -- to the east of the middle of the base pixel
  turn double precision;
BEGIN
  IF healpix_order NOT BETWEEN 0 AND 29 THEN
    PERFORM sky.refuse(format('There is no HEALPix order %s: orders run from 0 to 29.', healpix_order));
  ELSIF healpix_index < 0 OR healpix_index >= 12::bigint << (2 * healpix_order) THEN
    PERFORM sky.refuse(format('There is no HEALPix pixel %s of order %s: they run from 0 to %s.',
      healpix_index, healpix_order, (12::bigint << (2 * healpix_order)) - 1));
  END IF;
  side := 1::bigint << healpix_order;
  base := (healpix_index >> (2 * healpix_order))::integer;
  x := (sky.gather_bits(healpix_index) % side::bigint + 0.5) / side;
  y := (sky.gather_bits(healpix_index >> 1) % side::bigint + 0.5) / side;
  ring := base / 4 + 2 - x - y;
  shift := (x - y) / 2;
  turn := base % 4 + CASE WHEN base / 4 = 1 THEN 0 ELSE 0.5 END;
  IF ring < 1 THEN
    RETURN ARRAY[sky.longitude(90 * (turn + shift / ring)), 90 - 2 * asind(ring / sqrt(6))];
  ELSIF ring > 3 THEN
    RETURN ARRAY[sky.longitude(90 * (turn + shift / (4 - ring))), 2 * asind((4 - ring) / sqrt(6)) - 90];
  END IF;
  RETURN ARRAY[sky.longitude(90 * (turn + shift)), asind((2 - ring) * 2 / 3)];
END
$$;

-- ---------------------------------------------------------------- stars that move

-- ivo_epoch_prop_pos: the position at another epoch of a star that moves straight and evenly through
-- space (Hipparcos catalogue, vol. 1, 1.5.5). Degrees, mas, mas/yr (pmra with cos dec), km/s, Julian
-- years. Without a parallax the star is infinitely far; other unknowns count as 0.
CREATE FUNCTION sky.epoch_prop_pos(
  ra double precision, decl double precision, parallax double precision, pmra double precision,
  pmdec double precision, radial_velocity double precision, ref_epoch double precision, out_epoch double precision)
RETURNS double precision[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
DECLARE
  years CONSTANT double precision := out_epoch - ref_epoch;
  mas CONSTANT double precision := radians(1 / 3600000.0::double precision);
  east CONSTANT double precision := coalesce(pmra, 0) * mas * years;
  north CONSTANT double precision := coalesce(pmdec, 0) * mas * years;
  -- 4.740470446 km/s is one astronomical unit a year
  out CONSTANT double precision :=
    1 + coalesce(radial_velocity, 0) * coalesce(parallax, 0) / 4.740470446 * mas * years;
  v double precision[];
BEGIN
  IF ra IS NULL OR decl IS NULL OR years IS NULL THEN
    PERFORM sky.refuse('ivo_epoch_prop_pos needs a position and both epochs; one of them is NULL.');
  END IF;
  v := ARRAY[
    cosd(decl) * cosd(ra) * out - sind(ra) * east - sind(decl) * cosd(ra) * north,
    cosd(decl) * sind(ra) * out + cosd(ra) * east - sind(decl) * sind(ra) * north,
    sind(decl) * out + cosd(decl) * north];
  RETURN ARRAY[sky.longitude_of(v), sky.latitude_of(v)];
END
$$;
