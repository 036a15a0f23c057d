-- Functions of the IVOA's catalogue (EN 1.2) in the form in which ADQL calls them; 023 has the mathematics.

CREATE FUNCTION adql.ivo_healpix_index(healpix_order integer, lon double precision, lat double precision)
RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sky.healpix_index(healpix_order, lon, lat);

CREATE FUNCTION adql.ivo_healpix_index(healpix_order integer, p double precision[]) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sky.healpix_index(healpix_order, p[1], p[2]);

CREATE FUNCTION adql.ivo_healpix_center(healpix_order integer, healpix_index bigint)
RETURNS double precision[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sky.healpix_center(healpix_order, healpix_index);

CREATE FUNCTION adql.ivo_epoch_prop_pos(
  ra double precision, decl double precision, parallax double precision, pmra double precision,
  pmdec double precision, radial_velocity double precision, ref_epoch double precision, out_epoch double precision)
RETURNS double precision[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sky.epoch_prop_pos(ra, decl, parallax, pmra, pmdec, radial_velocity, ref_epoch, out_epoch);

CREATE FUNCTION adql.ivo_geom_transform(from_sys text, to_sys text, geo double precision[])
RETURNS double precision[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sky.transformed(geo, from_sys, to_sys);

-- Box and Muller's way: PostgreSQL has random_normal only since 16.
CREATE FUNCTION adql.ivo_normal_random(mu double precision, sigma double precision) RETURNS double precision
LANGUAGE sql VOLATILE PARALLEL RESTRICTED
RETURN mu + sigma * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random());

-- One value into its bin: [1] counts what is below the lower limit or NULL, [nbins + 2] what is not
-- below the upper one.
CREATE FUNCTION adql.ivo_histogram_step(
  bins integer[], val double precision, lower_limit double precision, upper_limit double precision, nbins integer)
RETURNS integer[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS $$
DECLARE
  counts integer[] := bins;
  bin integer;
BEGIN
  IF counts IS NULL THEN
    IF nbins BETWEEN 1 AND 10000 AND lower_limit < upper_limit THEN
      counts := array_fill(0, ARRAY[nbins + 2]);
    ELSE
      PERFORM sky.refuse('ivo_histogram needs a lower limit below the upper one and 1 to 10000 bins');
    END IF;
  END IF;
  bin := CASE
    WHEN val IS NULL OR val < lower_limit THEN 1
    WHEN val >= upper_limit THEN nbins + 2
    ELSE least(nbins, floor((val - lower_limit) / (upper_limit - lower_limit) * nbins)::integer + 1) + 1 END;
  counts[bin] := counts[bin] + 1;
  RETURN counts;
END
$$;

CREATE AGGREGATE adql.ivo_histogram(
  val double precision, lower_limit double precision, upper_limit double precision, nbins integer) (
  SFUNC = adql.ivo_histogram_step,
  STYPE = integer[],
  PARALLEL = SAFE
);

GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA adql TO cloudtap_reader;
