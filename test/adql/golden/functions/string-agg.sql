SELECT t1."flag" AS c1, string_agg(t1."name", $1) AS c2, string_agg(CAST(t1."doc" AS text), $2) AS c3 FROM "lab"."things" AS t1 GROUP BY t1."flag" LIMIT $3
-- $1 text = , 
-- $2 text = ;
-- $3 bigint = 2001
-- c1 flag: boolean -> boolean
-- c2 all_names: text -> char(*)
-- c3 docs: text -> char(*)
-- uses lab.things, string_agg
