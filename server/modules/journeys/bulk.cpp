// Many tasks at once, each by the rules of one.
#include <set>

#include "modules/journeys/journeys.hpp"

namespace doorstep::journeys {

void BulkTasks::validate(Reader& reader) const {
    if (items.empty()) reader.fail("items", "required", "must name at least one task");
    if (items.size() > 500) reader.fail("items", "too_long", "may name at most 500 tasks");
    std::set<std::string> seen;
    for (auto& item : items) {
        if (!seen.insert(item.id).second) reader.fail("items", "duplicate", "may name a task once only");
    }
}

Task<BulkTaskResult> Journeys::update_all(Context& ctx, const BulkTasks& input) {
    http::Precondition any = [](std::string_view) {};
    auto body = [&](db::Session& tx) -> Task<BulkTaskResult> {
        BulkTaskResult result;
        result.total_requested = std::int64_t(input.items.size());
        for (auto& item : input.items) {
            auto id = Uuid::parse(item.id);
            std::optional<std::string> refusal;
            try {
                if (!id) throw not_found("task");
                TaskPatch patch;
                patch.status.value = item.status;
                patch.scheduled_for.value = item.scheduled_for;
                if (item.reason) patch.reason.value = item.reason;
                co_await change(tx, ctx, Id<FollowUpTask>{*id}, patch, any);
                ++result.updated_count;
            } catch (const Error& error) {
                refusal = error.detail;
            }
            if (refusal) {
                result.failed_ids.push_back(item.id);
                result.failures.push_back({item.id, *refusal});
            }
        }
        co_return result;
    };
    co_return co_await db_.transaction(ctx, body);
}

} // namespace doorstep::journeys
