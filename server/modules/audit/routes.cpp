#include "modules/audit/audit.hpp"

namespace doorstep::audit {

namespace {

using http::Context;

Task<http::Page<AuditEntry>> list_audit(Audit& audit, Context& ctx, http::Query<AuditFilter> filter) {
    co_return co_await audit.list(ctx, filter.value);
}

Task<http::Response> export_audit(Audit& audit, Context& ctx, http::Query<AuditRange> range) {
    auto csv = co_await audit.export_csv(ctx, range.value);
    auto response = http::Response::text(std::move(csv));
    response.headers.set("Content-Type", "text/csv; charset=utf-8");
    response.headers.set("Content-Disposition", "attachment; filename=\"security-log.csv\"");
    co_return response;
}

Task<AuditChain> verify_audit(Audit& audit, Context& ctx) {
    co_return co_await audit.verify(ctx);
}

} // namespace

void routes(http::Router& router, Audit& audit) {
    router.tag("Security log");
    router.add("GET", "/api/audit", audit, list_audit)
        .scope("audit:read")
        .id("list_audit")
        .summary("The security log, newest first");
    router.add("GET", "/api/audit/export", audit, export_audit)
        .scope("audit:read")
        .id("export_audit")
        .summary("The security log as CSV, oldest first");
    router.add("GET", "/api/audit/verify", audit, verify_audit)
        .scope("audit:read")
        .id("verify_audit")
        .summary("Whether the log is as it was written: each entry's hash follows from the one before");
}

} // namespace doorstep::audit
