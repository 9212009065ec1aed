#include "modules/contacts/bulk.hpp"

namespace doorstep::contacts {

namespace {

using http::Context;

http::Accepted<BulkJob> accepted(BulkJob job) {
    auto location = "/api/bulk-jobs/" + job.id.text();
    return {std::move(location), std::move(job)};
}

Task<http::Accepted<BulkJob>> start_bulk(Bulk& bulk, Context& ctx, NewBulkJob input) {
    auto job = co_await bulk.start(ctx, input);
    co_return accepted(std::move(job));
}

Task<BulkJobList> list_bulk_jobs(Bulk& bulk, Context& ctx) {
    co_return co_await bulk.list(ctx);
}

Task<BulkJob> get_bulk_job(Bulk& bulk, Context& ctx, Id<BulkJob> id) {
    co_return co_await bulk.require(ctx, id);
}

Task<http::Accepted<BulkJob>> undo_bulk_job(Bulk& bulk, Context& ctx, Id<BulkJob> id) {
    auto job = co_await bulk.undo(ctx, id);
    co_return accepted(std::move(job));
}

Task<http::Accepted<BulkJob>> rename_tag(Bulk& bulk, Context& ctx, RenameTag input) {
    NewBulkJob job{.action = BulkAction::rename_tag, .filter = BulkFilter{.tag = input.tag}, .tag = input.tag, .to = input.to};
    auto started = co_await bulk.start(ctx, job);
    co_return accepted(std::move(started));
}

Task<http::Accepted<BulkJob>> delete_tag(Bulk& bulk, Context& ctx, http::Query<TagName> name) {
    if (!name->tag) throw invalid("tag", "required", "is required");
    NewBulkJob job{.action = BulkAction::remove_tag, .filter = BulkFilter{.tag = name->tag}, .tag = name->tag};
    auto started = co_await bulk.start(ctx, job);
    co_return accepted(std::move(started));
}

Task<jobs::Outcome> run_bulk(Bulk& bulk, doorstep::Context& ctx, const jobs::Run& run, RunBulk job) {
    co_return co_await bulk.run(ctx, run, job.bulk_id);
}

} // namespace

void routes(http::Router& router, Bulk& bulk) {
    router.tag("Bulk changes");
    router.add("POST", "/api/contacts/bulk", bulk, start_bulk)
        .scope("clients:write")
        .id("start_bulk")
        .summary("Changes many clients: stage, tags, whose they are, deletion; by ids or all that match a filter. Up to 200 "
                 "are done "
                 "when the answer comes, more are done by a job with progress");
    router.add("GET", "/api/bulk-jobs", bulk, list_bulk_jobs)
        .scope("clients:read")
        .id("list_bulk_jobs")
        .summary("The latest bulk changes");
    router.add("GET", "/api/bulk-jobs/{id}", bulk, get_bulk_job)
        .scope("clients:read")
        .id("get_bulk_job")
        .summary("How far a bulk change is, and which clients it failed for, with the reasons");
    router.add("POST", "/api/bulk-jobs/{id}/undo", bulk, undo_bulk_job)
        .scope("clients:write")
        .id("undo_bulk_job")
        .summary("Takes a whole bulk change back, but for clients changed meanwhile");
    router.tag("Tags");
    router.add("POST", "/api/tags/rename", bulk, rename_tag)
        .scope("clients:write")
        .id("rename_tag")
        .summary("Renames a tag wherever it is; where the new name is there already, both become one. A bulk change, to be "
                 "undone as one");
    router.add("DELETE", "/api/tags", bulk, delete_tag)
        .scope("clients:write")
        .id("delete_tag")
        .summary("Takes a tag (?tag=) off all clients. A bulk change, to be undone as one");
}

void jobs(jobs::Registry& registry, Bulk& bulk) {
    registry.add<RunBulk>(bulk, run_bulk, {.timeout = std::chrono::minutes(15)});
}

} // namespace doorstep::contacts
