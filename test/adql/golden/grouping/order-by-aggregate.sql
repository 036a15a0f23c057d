SELECT t1."flag" AS c1 FROM "lab"."things" AS t1 GROUP BY t1."flag" ORDER BY max(t1."id") DESC LIMIT $1
-- $1 bigint = 2001
-- c1 flag: boolean -> boolean
-- uses lab.things, max
