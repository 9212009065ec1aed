// Drafts that wait for a person's yes.
#include "core/paging.hpp"
#include "modules/journeys/task_sql.hpp"

namespace doorstep::journeys {

namespace {

#define APPROVALS(filter)                                                                                                 \
    "select t.id, t.contact_id as client_id, c.name as client_name, c.email as client_email, j.template as journey_name," \
    " coalesce(t.title, t.followup_type) as name, t.notes, t.scheduled_for, t.priority, d.subject, d.body, d.source,"     \
    " t.drafted_at, d.version"                                                                                            \
    " from tasks t"                                                                                                       \
    " join contacts c on c.account_id = t.account_id and c.id = t.contact_id"                                             \
    " join task_drafts d on d.account_id = t.account_id and d.task_id = t.id"                                             \
    " left join journeys j on j.account_id = t.account_id and j.id = t.journey_id"                                        \
    " where t.account_id = $1 and t.mode = 'approve' and t.status = 'pending' and t.drafted_at is not null"               \
    " and t.deleted_at is null and " filter

const db::Query list_sql{
    "approvals.list", APPROVALS("($2::timestamptz is null or (t.drafted_at, t.id) > ($2, $3::uuid))"
                      ) " and t.paused_at is null order by t.drafted_at, t.id limit $4 offset $5"
};

const db::Query find_sql{"approvals.find", APPROVALS("t.id = $2")};

const db::Query lock_sql{"approvals.lock", APPROVALS("t.id = $2") " for update of t, d"};

const db::Query count_sql{"approvals.count", R"sql(
    select count(*) from tasks
    where account_id = $1 and mode = 'approve' and status = 'pending' and drafted_at is not null and deleted_at is null
        and paused_at is null
)sql"};

const db::Query save_sql{"approvals.save", R"sql(
    insert into task_drafts (account_id, task_id, subject, body, source, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $6)
    on conflict (account_id, task_id) do update set subject = $3, body = $4, source = $5, updated_at = $6,
        version = task_drafts.version + 1
)sql"};

const db::Query drafted_sql{"approvals.drafted", R"sql(
    update tasks set drafted_at = $3, dispatched_at = null, held_until = null, reason = null, updated_at = $3, version = version + 1
    where account_id = $1 and id = $2 and status = 'pending' and mode = 'approve'
    returning contact_id
)sql"};

const db::Query approve_sql{"approvals.approve", R"sql(
    update tasks set mode = 'automatic', dispatched_at = $3, held_until = null, failed_at = null, reason = null, updated_at = $3,
        version = version + 1
    where account_id = $1 and id = $2
)sql"};

const db::Query reject_sql{"approvals.reject", R"sql(
    update tasks set status = 'skipped', reason = $3, updated_at = $4, version = version + 1 where account_id = $1 and id = $2
)sql"};

} // namespace

Task<http::Page<Approval>> Journeys::list_approvals(Context& ctx, const ApprovalFilter& filter) {
    Paging paging{filter.page ? filter.page->value : 1, filter.limit ? filter.limit->value : 10};
    auto after = decode_time_cursor(filter.cursor);
    http::Page<Approval> page;
    page.items = co_await db_.all<Approval>(
        ctx, list_sql, ctx.account_id, after.at, after.id, paging.fetch(), filter.cursor ? 0 : paging.offset()
    );
    page.page = paging.page;
    page.limit = paging.limit;
    page.next = cut_page(page.items, paging.limit, [](const Approval& last) {
        return std::vector{format_rfc3339(last.drafted_at), last.id.text()};
    });
    page.total = co_await db_.one<std::int64_t>(ctx, count_sql, ctx.account_id);
    co_return page;
}

Task<Approval> Journeys::require_approval(Context& ctx, Id<FollowUpTask> id) {
    auto approval = co_await db_.maybe<Approval>(ctx, find_sql, ctx.account_id, id);
    if (!approval) throw not_found("draft");
    co_return std::move(*approval);
}

Task<> Journeys::save_draft(Context& ctx, Uuid task_id, const ai::Draft& draft) {
    auto body = [&](db::Session& tx) -> Task<> {
        auto contact = co_await tx.maybe<Uuid>(drafted_sql, ctx.account_id, task_id, ctx.now());
        if (!contact) co_return; // completed, skipped or changed meanwhile
        tx.queue(save_sql, ctx.account_id, task_id, draft.subject, draft.text, messages::source_of(draft.source), ctx.now());
        Json data{R"({"subject":)" + json_quote(draft.subject) + "}"};
        events_.record(tx, ctx, {.kind = "task_drafted", .contact_id = *contact, .task_id = task_id, .data = std::move(data)});
    };
    co_await db_.transaction(ctx, body);
}

Task<Approval> Journeys::edit_draft(
    Context& ctx, Id<FollowUpTask> id, const DraftPatch& patch, const http::Precondition& precondition
) {
    auto body = [&](db::Session& tx) -> Task<> {
        auto approval = co_await tx.maybe<Approval>(lock_sql, ctx.account_id, id);
        if (!approval) throw not_found("draft");
        precondition(std::to_string(approval->version));
        if (patch.subject) approval->subject = patch.subject->value;
        if (patch.body) approval->body = patch.body->value;
        co_await tx.exec(save_sql, ctx.account_id, id, approval->subject, approval->body, messages::Source::person, ctx.now());
        events_.record(tx, ctx, {.kind = "task_draft_edited", .contact_id = approval->client_id.value, .task_id = id.value});
    };
    co_await db_.transaction(ctx, body);
    co_return co_await require_approval(ctx, id);
}

Task<Approval> Journeys::rewrite_draft(Context& ctx, Id<FollowUpTask> id, const RewriteRequest& request) {
    co_await require_approval(ctx, id);
    auto task = co_await require(ctx, id);
    auto client = co_await contacts_.require(ctx, task.client_id);
    auto instructions = request.agent_instructions ? request.agent_instructions->value : std::string();
    auto draft = co_await messages_.write(ctx, client, occasion_of(task), std::move(instructions));
    co_await save_draft(ctx, id.value, draft);
    co_return co_await require_approval(ctx, id);
}

Task<FollowUpTask> Journeys::approve(Context& ctx, Id<FollowUpTask> id) {
    auto body = [&](db::Session& tx) -> Task<> {
        auto approval = co_await tx.maybe<Approval>(lock_sql, ctx.account_id, id);
        if (!approval) throw not_found("draft");
        if (!approval->client_email) throw messages::no_email();
        tx.queue(approve_sql, ctx.account_id, id, ctx.now());
        jobs::enqueue(tx, ctx, FollowUp{id.value}, {.unique_key = id.text()});
        Json data{R"({"subject":)" + json_quote(approval->subject) + "}"};
        events_.record(
            tx, ctx,
            {.kind = "task_approved", .contact_id = approval->client_id.value, .task_id = id.value, .data = std::move(data)}
        );
    };
    co_await db_.transaction(ctx, body);
    co_return co_await require(ctx, id);
}

Task<FollowUpTask> Journeys::reject(Context& ctx, Id<FollowUpTask> id, const RejectRequest& request) {
    std::string reason = request.reason ? "rejected: " + request.reason->value : "rejected";
    auto body = [&](db::Session& tx) -> Task<> {
        auto approval = co_await tx.maybe<Approval>(lock_sql, ctx.account_id, id);
        if (!approval) throw not_found("draft");
        co_await tx.exec(reject_sql, ctx.account_id, id, reason, ctx.now());
        finish_journeys(tx, ctx, {id.value});
        Json data{R"({"reason":)" + json_quote(reason) + "}"};
        events_.record(
            tx, ctx,
            {.kind = "task_rejected", .contact_id = approval->client_id.value, .task_id = id.value, .data = std::move(data)}
        );
    };
    co_await db_.transaction(ctx, body);
    co_return co_await require(ctx, id);
}

} // namespace doorstep::journeys
