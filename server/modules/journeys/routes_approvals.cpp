#include "modules/journeys/journeys.hpp"

namespace doorstep::journeys {

namespace {

using http::Context;

http::Versioned<Approval> versioned(Approval approval) {
    auto version = std::to_string(approval.version);
    return {std::move(version), std::move(approval)};
}

Task<http::Page<Approval>> list_approvals(Journeys& journeys, Context& ctx, http::Query<ApprovalFilter> filter) {
    co_return co_await journeys.list_approvals(ctx, filter.value);
}

Task<http::Versioned<Approval>> get_approval(Journeys& journeys, Context& ctx, Id<FollowUpTask> id) {
    auto approval = co_await journeys.require_approval(ctx, id);
    co_return versioned(std::move(approval));
}

Task<http::Versioned<Approval>> edit_approval(Journeys& journeys, Context& ctx, Id<FollowUpTask> id, DraftPatch patch) {
    auto approval = co_await journeys.edit_draft(ctx, id, patch, http::if_match(ctx));
    co_return versioned(std::move(approval));
}

Task<Approval> rewrite_approval(Journeys& journeys, Context& ctx, Id<FollowUpTask> id, RewriteRequest request) {
    co_return co_await journeys.rewrite_draft(ctx, id, request);
}

Task<FollowUpTask> approve(Journeys& journeys, Context& ctx, Id<FollowUpTask> id) {
    return journeys.approve(ctx, id);
}

Task<FollowUpTask> reject(Journeys& journeys, Context& ctx, Id<FollowUpTask> id, RejectRequest request) {
    co_return co_await journeys.reject(ctx, id, request);
}

} // namespace

void approval_routes(http::Router& router, Journeys& journeys) {
    router.tag("Approvals");
    router.add("GET", "/api/approvals", journeys, list_approvals)
        .scope("tasks:read")
        .id("list_approvals")
        .summary("Due messages that wait for a person's yes, longest waiting first");
    router.add("GET", "/api/approvals/{id}", journeys, get_approval)
        .scope("tasks:read")
        .id("get_approval")
        .summary("A draft, by its task");
    router.add("PATCH", "/api/approvals/{id}", journeys, edit_approval)
        .scope("tasks:write")
        .id("edit_approval")
        .summary("Changes a draft");
    router.add("POST", "/api/approvals/{id}/rewrite", journeys, rewrite_approval)
        .scope("tasks:write")
        .id("rewrite_approval")
        .summary("Has the draft written again, with instructions");
    router.add("POST", "/api/approvals/{id}/approve", journeys, approve)
        .scope("tasks:write")
        .id("approve")
        .summary("Sends the draft as it stands, through the send gate");
    router.add("POST", "/api/approvals/{id}/reject", journeys, reject)
        .scope("tasks:write")
        .id("reject")
        .summary("Skips the step; its draft is not sent");
}

} // namespace doorstep::journeys
