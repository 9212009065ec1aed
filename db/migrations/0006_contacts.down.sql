drop table contacts;
drop extension btree_gin;
drop extension pg_trgm;
