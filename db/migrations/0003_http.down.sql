drop table app.idempotency_keys;
