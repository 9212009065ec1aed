// Letters of the library in plans.
#include <algorithm>

#include "modules/journeys/templates.hpp"

namespace doorstep::journeys {

namespace {

const db::Query letters_sql{"journey_templates.letters", R"sql(
    select id from message_templates where account_id = $1 and id = any ($2) and deleted_at is null for share
)sql"};

} // namespace

Task<> Templates::check_letters(db::Session& tx, Context& ctx, const std::vector<NewStep>& steps) {
    std::vector<Uuid> named;
    for (auto& step : steps) {
        if (step.letter_id) named.push_back(step.letter_id->value);
    }
    if (named.empty()) co_return;
    auto living = co_await tx.all<Uuid>(letters_sql, ctx.account_id, named);
    Reader reader;
    Reader::At list(reader, "steps");
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (!steps[i].letter_id || std::ranges::find(living, steps[i].letter_id->value) != living.end()) continue;
        Reader::At item(reader, i);
        reader.fail("letter_id", "unknown", "is no letter of the library");
    }
    reader.require_ok();
}

} // namespace doorstep::journeys
