drop view app.audit_checks;
drop function app.audit_hash(audit_log);
drop table audit_log;
drop function app.chain_audit();
drop function app.audit_is_append_only();
